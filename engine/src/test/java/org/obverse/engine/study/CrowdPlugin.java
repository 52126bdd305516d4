package org.obverse.engine.study;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Sampler;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Sampled;
import org.obverse.api.metric.Samples;
import org.obverse.api.metric.Samples.Counted;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Granularity;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.training.LinearClassifier;

/** Points around four places of the plane, another crowd for each seed of the split, with people of its own in public. */
final class CrowdPlugin implements Plugin {
    private static final int CLASSES = 4;
    private static final int EACH = 10;

    record Crowd(
            @Meaning("public points that are training points")
            int leaked,

            @Meaning("public points that are points of the pool alone")
            int pooled,

            @Meaning("whether each point is a file") boolean files) {}

    record Seeded(@Meaning("of the initial values") int seed) {}

    record Nothing() {}

    record Tested(@Meaning("least number of test points") int least) implements Sampled {
        @Override
        public List<Samples> samples() {
            return List.of(Samples.atLeast(Counted.TEST, least, "fewer say nothing"));
        }
    }

    record Spread(@Meaning("the judge") String judge) implements FeatureBased, Sampled {
        @Override
        public List<Samples> samples() {
            return List.of(Samples.moreThanFeatures(Counted.RECONSTRUCTIONS, "a covariance is singular"));
        }
    }

    @Override
    public String id() {
        return "crowd";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                new Component<>(
                        Kind.DATASET,
                        "crowd",
                        "",
                        new Crowd(0, 0, false),
                        (crowd, resources) -> crowd.files()
                                ? new Filed(new Points(points(crowd, resources.random())))
                                : new Points(points(crowd, resources.random()))),
                new Component<>(
                        Kind.CLASSIFIER, "seeded", "", new Seeded(1), (seeded, resources) -> architecture(seeded)),
                new Component<>(
                        Kind.SAMPLER,
                        "reader",
                        "",
                        new Nothing(),
                        none -> Requirements.none().data(Part.PUBLIC).granularity(Granularity.ALL_CLASSES),
                        (none, resources) -> sampler()),
                new Component<>(Kind.METRIC, "tested", "", new Tested(1), (tested, resources) ->
                        (TargetMetric) evidence -> one("tested")),
                new Component<>(Kind.METRIC, "spread", "", new Spread(""), (spread, resources) ->
                        (ReconstructionMetric) evidence -> one("spread")));
    }

    private static Measurement one(String name) {
        return Measurement.of(new Measurement.Figure(name, 1, Better.NEITHER, "one"));
    }

    /** Begins with the same values whatever training draws. */
    private static ClassifierArchitecture architecture(Seeded seeded) {
        return (input, classes, parameters) -> new LinearClassifier(
                Math.toIntExact(input.get(0)), classes, new Parameters(parameters.manager(), new ParameterSource() {
                    @Override
                    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
                        return parameters.weight(name, shape, (whole, stream) -> {
                            float[] values = new float[Math.toIntExact(whole.size())];
                            for (int i = 0; i < values.length; i++) {
                                values[i] = name.equals("bias") ? 0 : 0.1f * (float) Math.sin(seeded.seed() + i);
                            }
                            return values;
                        });
                    }

                    @Override
                    public Set<String> names() {
                        return Set.of();
                    }
                }));
    }

    private static Sampler sampler() {
        return context -> {
            List<Integer> classes = context.classes();
            NDArray points = context.manager().zeros(new Shape(classes.size(), 2));
            return new Candidates(
                    new LatentPoints(context.generator(), points),
                    classes,
                    Collections.nCopies(classes.size(), 0.0),
                    List.of());
        };
    }

    private static Map<Part, List<float[]>> points(Crowd crowd, RandomStream random) {
        Map<Part, List<float[]>> points = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            List<float[]> all = new ArrayList<>();
            for (int i = 0; i < CLASSES * EACH; i++) {
                double angle = Math.PI / 2 * (i % CLASSES)
                        + 0.1 * random.child(part.name(), i).gaussian();
                all.add(new float[] {(float) (2 * Math.cos(angle)), (float) (2 * Math.sin(angle))});
            }
            points.put(part, all);
        }
        List<float[]> pool = of(points, Part.POOL);
        points.put(Part.TRAINING, List.copyOf(pool));
        for (int i = 0; i < crowd.pooled(); i++) {
            float[] more = {4 + i, 4};
            pool.add(more);
            of(points, Part.PUBLIC).set(i, more);
        }
        for (int i = 0; i < crowd.leaked(); i++) {
            of(points, Part.PUBLIC).set(i, pool.get(i));
        }
        return points;
    }

    private static List<float[]> of(Map<Part, List<float[]>> points, Part part) {
        return points.getOrDefault(part, List.of());
    }

    private record Points(Map<Part, List<float[]>> points) implements Dataset {
        @Override
        public int classes() {
            return CLASSES;
        }

        @Override
        public List<String> classNames() {
            return Dataset.numbered(CLASSES);
        }

        @Override
        public Shape shape() {
            return new Shape(2);
        }

        @Override
        public Set<Part> parts() {
            return points.keySet();
        }

        @Override
        public Images images(Part part) {
            return new PartImages(of(points, part));
        }
    }

    private record PartImages(List<float[]> points) implements Images {
        @Override
        public Shape shape() {
            return new Shape(2);
        }

        @Override
        public int size() {
            return points.size();
        }

        @Override
        public int label(int index) {
            return index % CLASSES;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            float[] values = new float[2 * indices.length];
            for (int i = 0; i < indices.length; i++) {
                System.arraycopy(points.get(indices[i]), 0, values, 2 * i, 2);
            }
            return manager.create(values, new Shape(indices.length, 2));
        }
    }

    private record Filed(Points points) implements FileBased {
        @Override
        public int classes() {
            return points.classes();
        }

        @Override
        public List<String> classNames() {
            return points.classNames();
        }

        @Override
        public Shape shape() {
            return points.shape();
        }

        @Override
        public Set<Part> parts() {
            return points.parts();
        }

        @Override
        public Images images(Part part) {
            return points.images(part);
        }

        @Override
        public List<DataFile> files(Part part) {
            List<DataFile> files = new ArrayList<>();
            for (float[] point : of(points.points(), part)) {
                boolean isPrivate = part == Part.TRAINING || part == Part.POOL;
                files.add(new DataFile(
                        (isPrivate ? "private" : part.name()) + "/" + files.size(),
                        1,
                        Sha256.of(Arrays.toString(point))));
            }
            return files;
        }

        @Override
        public Dataset resized(int side) {
            return this;
        }
    }
}
