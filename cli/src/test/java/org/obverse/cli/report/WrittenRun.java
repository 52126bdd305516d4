package org.obverse.cli.report;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.control.Control.Role;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.PlannedUnit;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.control.ControlUnit;
import org.obverse.engine.control.ControlUse;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.product.CandidateForm;
import org.obverse.engine.product.Found;
import org.obverse.engine.product.Gallery;
import org.obverse.engine.product.MetricResult;
import org.obverse.engine.product.Movement;
import org.obverse.engine.product.Network;
import org.obverse.engine.product.ProductForm;
import org.obverse.engine.study.StudyFolder;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;
import org.obverse.engine.unit.MetricUse;

/** Writes the file and the artifacts of one cell, and an attempt of its study in which its units were made, without running anything. */
final class WrittenRun {
    private final Cell cell;
    private final WrittenStudy study;
    private final List<PlannedUnit> units = new ArrayList<>();
    private final List<RunFact> facts = new ArrayList<>();

    WrittenRun(Cell cell, WrittenStudy study) {
        this.cell = cell;
        this.study = study;
    }

    /** Equal products of one slot are one unit of the study, whichever cells have it. */
    private WrittenRun made(String slot, String component, Content content, Summary summary) {
        String artifact =
                study.store().save(Sha256.of(slot + component), content).sha256();
        UnitName unit = study.unit(slot, component + artifact);
        units.add(new PlannedUnit(unit, component, List.of()));
        facts.add(new RunFact.Offered(unit));
        facts.add(new RunFact.Completed(unit, Sha256.of(unit.toString()), artifact, summary));
        return this;
    }

    private <P> WrittenRun made(String slot, String component, Codec<P> codec, P product) {
        return made(slot, component, codec.encode(product), codec.summary(product));
    }

    WrittenRun data(String classes) {
        return data(classes, Map.of());
    }

    WrittenRun data(String classes, Map<String, String> more) {
        Map<String, String> sizes =
                new LinkedHashMap<>(Map.of("classes", classes, "training", "400", "training-sha256", "ab"));
        sizes.putAll(more);
        return made("data", "faces", new Tensors(Map.of(), ProductForm.metadata("data", sizes)), Summary.NONE);
    }

    WrittenRun trained(String slot, NDArray weight, List<EpochFigures> history) {
        return made(
                slot,
                "network",
                new Tensors(Map.of("weight", weight), ProductForm.metadata("weights", Map.of())),
                Network.figures(history));
    }

    /** A target whose weights were finished elsewhere, with the share of its training images that it knows. */
    WrittenRun finished(NDArray weight, double accuracy) {
        return made(
                "target",
                "network",
                new Tensors(Map.of("weight", weight), ProductForm.metadata("weights", Map.of())),
                new Summary(Map.of(Network.OWN_ACCURACY, accuracy), Map.of(), List.of()));
    }

    /** Two candidates, of one class each. */
    WrittenRun found(String slot, Curve curve, Map<String, Long> queries) {
        return found(slot, curve, queries, Map.of());
    }

    /** A search of which so large a share of the candidates moved. */
    WrittenRun moved(Curve curve, double share) {
        return found("optimize", curve, Map.of(), Map.of(Movement.MOVED, share));
    }

    private WrittenRun found(String slot, Curve curve, Map<String, Long> queries, Map<String, Double> figures) {
        CandidateForm form = new CandidateForm(
                inputs -> {
                    throw new IllegalStateException("images need no generator");
                },
                Map.of());
        Candidates candidates = new Candidates(
                new FixedImages(study.manager().zeros(new Shape(2, 3, 1, 1))),
                List.of(0, 1),
                List.of(1.0, 1.0),
                List.of(curve));
        return made(slot, "stage", form, new Found.Fresh(candidates, queries, figures));
    }

    WrittenRun measured(String metric, List<Figure> figures, List<Table> tables) {
        return measured(metric, figures, tables, List.of());
    }

    WrittenRun measured(String metric, List<Figure> figures, List<Table> tables, List<Measurement.Picture> pictures) {
        return metric(metric, new MetricResult.Measured(new Measurement(figures, tables, pictures)));
    }

    WrittenRun drawn(String metric, List<Figure> figures, List<Measurement.Chart> charts) {
        return metric(metric, new MetricResult.Measured(new Measurement(figures, List.of(), List.of(), charts)));
    }

    /** What stands beside the attack, and what a metric found of it. */
    WrittenRun controlled(String control, Role role, String metric, Figure figure) {
        return controlled(control, role, metric, figure, List.of());
    }

    WrittenRun controlled(String control, Role role, String metric, Figure figure, List<Table> tables) {
        CandidateForm form = new CandidateForm(
                inputs -> {
                    throw new IllegalStateException("images need no generator");
                },
                Map.of(),
                Map.of(ControlUnit.ROLE, role.name().toLowerCase(Locale.ROOT)));
        Candidates candidates = new Candidates(
                new FixedImages(study.manager().full(new Shape(2, 3, 1, 1), (float) figure.value())),
                List.of(0, 1),
                List.of(1.0, 1.0),
                List.of());
        made(ControlUse.SLOT + control, control, form, new Found.Fresh(candidates, Map.of("scores", 7L), Map.of()));
        return made(
                MetricUse.OF_CONTROL + control,
                metric,
                new MetricResult.Form(study.manager()),
                new MetricResult.Measured(new Measurement(List.of(figure), tables, List.of())));
    }

    WrittenRun accepted(String metric, List<Figure> figures, Objection accepted) {
        return metric(
                metric, new MetricResult.Measured(new Measurement(figures, List.of(), List.of()), List.of(accepted)));
    }

    WrittenRun refused(String metric, Objection objection) {
        return metric(metric, new MetricResult.Refused(List.of(objection)));
    }

    WrittenRun undefined(String metric, String reason) {
        return metric(metric, new MetricResult.Undefined(reason));
    }

    private WrittenRun metric(String metric, MetricResult result) {
        return made("metric", metric, new MetricResult.Form(study.manager()), result);
    }

    /**
     * @param samples {@code [C, k, 3, H, W]}
     * @param reconstructions likewise
     */
    WrittenRun gallery(int classes, NDArray samples, NDArray reconstructions) {
        NDArray first = samples.get(":, 0:1");
        return gallery(
                classes,
                samples,
                reconstructions,
                first.repeat(1, reconstructions.getShape().get(1)));
    }

    /**
     * @param nearest as many as reconstructions, of the samples' size
     */
    WrittenRun gallery(int classes, NDArray samples, NDArray reconstructions, NDArray nearest) {
        long[] numbers = new long[classes];
        for (int i = 0; i < classes; i++) {
            numbers[i] = i;
        }
        NDManager manager = study.manager();
        return made(
                "gallery",
                "gallery",
                new Gallery.Form(manager),
                new Gallery(manager.create(numbers), samples, reconstructions, nearest));
    }

    /** A unit that has no product yet. */
    WrittenRun planned(String slot) {
        units.add(new PlannedUnit(study.unit(slot, "yet to come of " + cell.name()), "component", List.of()));
        return this;
    }

    /** A unit that failed. */
    WrittenRun failed(String slot, String reason) {
        planned(slot);
        UnitName unit = units.get(units.size() - 1).unit();
        facts.add(new RunFact.Offered(unit));
        facts.add(new RunFact.Failed(unit, reason));
        return this;
    }

    /** Writes what is there. */
    void end(RunFact... last) {
        StudyFolder folder = study.folder();
        Map<String, Node> digests = new LinkedHashMap<>();
        units.forEach(unit -> digests.put(unit.unit().toString(), Node.of("d")));
        Mapping stored =
                Node.nothing().with("plan", PlanWriter.tree(cell.plan())).with("units", new Mapping(digests, 0));
        try {
            Files.createDirectories(folder.path().resolve("cells"));
            Files.writeString(folder.cell(cell.name()), Yaml.write(stored));
            Files.writeString(folder.path().resolve("manifest.json"), """
                    { "code": { "engine": "ab", "libtorch": "2.7.1" }, "jars": {}, "files": {}, "accepted": [] }
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Journal journal = Journal.open(folder.events())) {
            journal.append(new RunFact.Planned(units));
            facts.forEach(journal::append);
            List.of(last).forEach(journal::append);
        }
    }

    void done() {
        end(new RunFact.Ended(RunFact.Outcome.DONE, ""));
    }
}
