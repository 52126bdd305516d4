package org.obverse.engine.record;

import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.obverse.api.attack.Preparer;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.study.Manifest;
import org.obverse.engine.study.StudyFolder;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/**
 * One cell of a study as its folder and its artifacts tell it, whether it is finished or not.
 *
 * @param progress how far it came
 * @param units that it consists of, by their printed names, in their order; empty if it has not begun
 * @param artifacts SHA-256 of what each finished unit produced, by unit, in the order of {@code units}
 * @param plan its resolved plan, YAML; empty if it has not begun
 * @param code whose code it ran; empty if it has not begun
 * @param data sizes and hashes of its data, by name; empty until they are known
 * @param scores what its metrics found, one entry per metric that is done, in the plan's order
 * @param controls what its metrics found of what is judged beside the attack, one entry per control that is done, in the plan's order
 * @param trainings of the target and the evaluation models, one entry per network that was trained and is done
 * @param figures of each finished unit, by unit and name
 * @param prepared what is told of what the attack prepared; empty if it prepares nothing, or is not that far
 * @param curves over the steps, each from the first stage that recorded a curve of that name
 * @param queries to the target, one entry per stage that is done, if only in part
 * @param halved the batch with which units were made that ran out of memory with the plan's, by unit
 * @param gallery samples and reconstructions, one entry per class; empty if the run has no pictures or is not that far
 */
public record RunRecord(
        Progress progress,
        List<String> units,
        Map<String, String> artifacts,
        String plan,
        Manifest code,
        Map<String, String> data,
        List<Score> scores,
        List<MeasuredControl> controls,
        List<Training> trainings,
        Map<String, Map<String, Double>> figures,
        List<Preparer.Figure> prepared,
        List<CurveBand> curves,
        List<Queries> queries,
        Map<String, Integer> halved,
        List<ClassPictures> gallery) {
    public RunRecord {
        units = List.copyOf(units);
        artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        scores = List.copyOf(scores);
        controls = List.copyOf(controls);
        trainings = List.copyOf(trainings);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        prepared = List.copyOf(prepared);
        curves = List.copyOf(curves);
        queries = List.copyOf(queries);
        halved = Collections.unmodifiableMap(new LinkedHashMap<>(halved));
        gallery = List.copyOf(gallery);
    }

    /** The same without what is only looked at, which takes most of the memory. */
    public RunRecord withoutPictures() {
        return new RunRecord(
                progress,
                units,
                artifacts,
                plan,
                code,
                data,
                scores.stream().map(Score::withoutPictures).toList(),
                controls.stream().map(MeasuredControl::withoutPictures).toList(),
                trainings,
                figures,
                prepared,
                curves,
                queries,
                halved,
                List.of());
    }

    /** What is against its figures and is accepted by its plan, each once. */
    public List<String> accepted() {
        return scores.stream()
                .filter(Score.Measured.class::isInstance)
                .flatMap(score -> ((Score.Measured) score).accepted().stream())
                .distinct()
                .toList();
    }

    /** What the data set calls a class; its number as long as that is not known. */
    public String className(int targetClass) {
        return MeasuredData.classNames(data).apply(targetClass);
    }

    /**
     * Reads the runs of a study, cell by cell.
     *
     * @param folder of the study; one that does not exist is a study that has not begun
     * @param artifacts where its artifacts lie
     * @param manager to read tensors with; nothing stays attached to it
     * @return from the name of a cell to what is left of it; throws an {@link
     *     org.obverse.api.plugin.InvalidConfigurationException} if an artifact that the journal names is gone or damaged
     * @throws org.obverse.api.plugin.InvalidConfigurationException if the journal is damaged
     */
    public static Function<String, RunRecord> of(StudyFolder folder, ArtifactStore artifacts, NDManager manager) {
        return new RunReader(folder, artifacts, manager)::read;
    }

    /** What the finished units of a cell produced, by the unit's printed name, in their order; no artifact is opened. */
    public static Map<String, String> artifacts(StudyFolder folder, String cell) {
        StudyEvents events = StudyEvents.read(folder.events());
        Map<String, String> artifacts = new LinkedHashMap<>();
        folder.units(cell)
                .keySet()
                .forEach(unit -> events.made(unit).ifPresent(made -> artifacts.put(unit, made.artifact())));
        return artifacts;
    }

    /** Under which the finished units of a cell are stored, by the unit's printed name, in their order; no artifact is opened. */
    public static Map<String, String> digests(StudyFolder folder, String cell) {
        StudyEvents events = StudyEvents.read(folder.events());
        Map<String, String> digests = new LinkedHashMap<>();
        folder.units(cell)
                .keySet()
                .forEach(unit -> events.made(unit).ifPresent(made -> digests.put(unit, made.digest())));
        return digests;
    }

    /**
     * What one stage, or one membership attack, asked of the target.
     *
     * @param stage such as {@code optimize}; an attack by its name
     * @param images asked about, by kind of question
     */
    public record Queries(String stage, Map<String, Long> images) {
        public Queries {
            images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
        }
    }

    /**
     * How a network was trained.
     *
     * @param unit such as {@code target}, or {@code evaluation/1} where there are several
     * @param artifact the SHA-256 of its weights: runs that share a network have equal ones
     */
    public record Training(String unit, String artifact, List<EpochFigures> epochs) {
        public Training {
            epochs = List.copyOf(epochs);
        }
    }
}
