package org.obverse.engine.record;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.obverse.api.attack.Stage;
import org.obverse.api.event.Summary;
import org.obverse.api.metric.Measurement;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.graph.Closing;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.product.Gallery;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.MetricResult;
import org.obverse.engine.product.PreparedNetworks;
import org.obverse.engine.product.StoredCandidates;
import org.obverse.engine.record.RunRecord.Queries;
import org.obverse.engine.record.RunRecord.Training;
import org.obverse.engine.record.StudyEvents.Made;
import org.obverse.engine.study.Manifest;
import org.obverse.engine.study.StudyFolder;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;
import org.obverse.engine.unit.MetricUse;

/** Opens what the finished units of one cell produced. */
final class RunReader {
    private final StudyFolder folder;
    private final ArtifactStore store;
    private final NDManager manager;
    private final StudyEvents events;
    private final Manifest manifest;

    RunReader(StudyFolder folder, ArtifactStore store, NDManager manager) {
        this.folder = folder;
        this.store = store;
        this.manager = manager;
        this.events = StudyEvents.read(folder.events());
        this.manifest = Manifest.isIn(folder.path())
                ? Manifest.read(folder.path())
                : new Manifest(Map.of(), Map.of(), Map.of(), List.of());
    }

    RunRecord read(String cell) {
        Map<String, String> planned = folder.units(cell);
        String plan = folder.plan(cell).orElse("");
        List<Made> made = new ArrayList<>();
        planned.keySet().forEach(unit -> events.made(unit).ifPresent(made::add));
        Map<String, String> artifacts = new LinkedHashMap<>();
        made.forEach(unit -> artifacts.put(unit.unit(), unit.artifact()));
        return new RunRecord(
                events.progress(planned.keySet()),
                List.copyOf(planned.keySet()),
                artifacts,
                plan,
                manifest,
                of("data", made).stream()
                        .findFirst()
                        .map(unit -> MeasuredData.facts(artifact(unit)))
                        .orElse(Map.of()),
                scores(planned.keySet()),
                new ControlReader(Yaml.read(plan.isEmpty() ? "{}" : plan, "plan"), events, this::artifact, this::score)
                        .read(planned.keySet()),
                trainings(made),
                figures(made),
                of(Stage.PREPARE.label(), made).stream()
                        .flatMap(unit -> PreparedNetworks.figures(artifact(unit)).stream())
                        .toList(),
                curves(made),
                queries(made),
                halved(made, plan),
                of("gallery", made).stream().findFirst().map(this::gallery).orElse(List.of()));
    }

    private Artifact artifact(Made unit) {
        return store.artifact(unit.artifact());
    }

    private static List<Made> of(String slot, List<Made> made) {
        return made.stream().filter(unit -> unit.slot().equals(slot)).toList();
    }

    /** A metric that is asked for twice, with other settings, gets a number, whether the first one is finished or not. */
    private List<Score> scores(Collection<String> planned) {
        List<Score> scores = new ArrayList<>();
        Map<String, Integer> seen = new TreeMap<>();
        for (String unit : planned) {
            if (unit.startsWith(MetricUse.SLOT + "/")) {
                String component = events.component(unit);
                int number = seen.merge(component, 1, Integer::sum);
                events.made(unit)
                        .ifPresent(metric -> scores.add(score(
                                component + (number == 1 ? "" : "/" + number), metric.subject(), artifact(metric))));
            }
        }
        return scores;
    }

    private Score score(String metric, Score.Subject subject, Artifact artifact) {
        try (Reading reading = new Reading()) {
            MetricResult result = new MetricResult.Form(manager).decode(artifact, reading);
            if (result instanceof MetricResult.Undefined undefined) {
                return new Score.Undefined(metric, undefined.reason());
            }
            if (result instanceof MetricResult.Refused refused) {
                return new Score.Undefined(metric, refused.reason());
            }
            MetricResult.Measured measured = (MetricResult.Measured) result;
            Measurement found = measured.measurement();
            return new Score.Measured(
                    metric,
                    subject,
                    found.figures(),
                    found.tables(),
                    found.pictures().stream()
                            .map(picture -> new Score.Picture(
                                    picture.name(),
                                    picture.caption(),
                                    rasters(picture.pixels()).get(0)))
                            .toList(),
                    found.charts(),
                    measured.accepted().stream().map(Objection::accepted).toList());
        }
    }

    private static List<Training> trainings(List<Made> made) {
        List<Training> trainings = new ArrayList<>();
        for (String slot : List.of("target", "evaluation")) {
            List<Made> networks = of(slot, made);
            for (Made network : networks) {
                List<EpochFigures> epochs = network.summary().epochs().stream()
                        .map(EpochFigures::of)
                        .toList();
                if (!epochs.isEmpty()) {
                    trainings.add(
                            new Training(networks.size() == 1 ? slot : network.unit(), network.artifact(), epochs));
                }
            }
        }
        return trainings;
    }

    private static Map<String, Map<String, Double>> figures(List<Made> made) {
        Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
        made.forEach(unit -> figures.put(unit.unit(), unit.summary().figures()));
        return figures;
    }

    private List<CurveBand> curves(List<Made> made) {
        Map<String, CurveBand> curves = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            if (stage != Stage.PREPARE) {
                List<TensorFile> files = of(stage.label(), made).stream()
                        .map(unit -> artifact(unit).tensors())
                        .toList();
                StoredCandidates.curves(files)
                        .forEach((name, rows) ->
                                curves.computeIfAbsent(name, key -> CurveBand.of(stage.label(), name, rows)));
            }
        }
        return List.copyOf(curves.values());
    }

    private static List<Queries> queries(List<Made> made) {
        List<Queries> queries = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            List<Made> units = of(stage.label(), made);
            if (!units.isEmpty()) {
                Map<String, Long> images = new TreeMap<>();
                units.stream()
                        .map(Made::summary)
                        .map(Summary::queries)
                        .forEach(of -> of.forEach((kind, count) -> images.merge(kind, count, Long::sum)));
                queries.add(new Queries(stage.label(), images));
            }
        }
        for (Made attack : of("membership", made)) {
            if (!attack.summary().queries().isEmpty()) {
                queries.add(new Queries(
                        attack.component(), new TreeMap<>(attack.summary().queries())));
            }
        }
        return queries;
    }

    /** The batch of units that were made with less than the plan's. */
    private Map<String, Integer> halved(List<Made> made, String plan) {
        Map<String, Integer> halved = new LinkedHashMap<>();
        int planned = Yaml.read(plan.isEmpty() ? "{}" : plan, "plan")
                .at("execution.batch")
                .map(batch -> ((Node.Scalar) batch).value() instanceof Integer number ? number : 0)
                .orElse(0);
        for (Made unit : made) {
            Optional<String> batch = new ProductStore(store)
                    .provenance(unit.digest())
                    .map(found -> found.ingredients().values().getOrDefault(Ingredients.BATCH, ""));
            batch.filter(text -> !text.isEmpty())
                    .map(Integer::valueOf)
                    .filter(size -> size < planned)
                    .ifPresent(size -> halved.put(unit.unit(), size));
        }
        return halved;
    }

    /** Empty if what was attacked are no images. */
    private List<ClassPictures> gallery(Made unit) {
        try (Reading reading = new Reading()) {
            Gallery gallery = new Gallery.Form(manager).decode(artifact(unit), reading);
            if (!isPicture(gallery.samples()) || !isPicture(gallery.reconstructions())) {
                return List.of();
            }
            List<Raster> originals = rasters(gallery.samples());
            List<Raster> found = rasters(gallery.reconstructions());
            List<Raster> nearest = rasters(gallery.nearest());
            long[] classes = gallery.classes().toLongArray();
            List<ClassPictures> pictures = new ArrayList<>();
            for (int i = 0; i < classes.length; i++) {
                pictures.add(new ClassPictures(
                        Math.toIntExact(classes[i]),
                        part(originals, i, classes.length),
                        part(found, i, classes.length),
                        part(nearest, i, classes.length)));
            }
            return pictures;
        }
    }

    private static List<Raster> part(List<Raster> all, int index, int count) {
        int each = all.size() / count;
        return all.subList(index * each, (index + 1) * each);
    }

    private static boolean isPicture(NDArray array) {
        return array.getShape().dimension() == 5
                && Raster.isImage(array.getShape().slice(2));
    }

    /** Of {@code [..., 3, H, W]} or {@code [..., 1, H, W]}. */
    private static List<Raster> rasters(NDArray array) {
        Shape image = array.getShape().slice(array.getShape().dimension() - 3);
        int size = Math.toIntExact(image.size());
        float[] values = array.toFloatArray();
        List<Raster> images = new ArrayList<>();
        for (int from = 0; from < values.length; from += size) {
            images.add(Raster.of(values, from, image));
        }
        return images;
    }

    /** What is open while one product is looked at. */
    private static final class Reading implements Lifetime, AutoCloseable {
        private final Deque<AutoCloseable> owned = new ArrayDeque<>();

        @Override
        public <T extends AutoCloseable> T own(T resource) {
            owned.push(resource);
            return resource;
        }

        @Override
        public void close() {
            Closing.all(owned);
        }
    }
}
