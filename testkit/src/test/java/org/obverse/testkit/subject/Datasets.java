package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Resampling;

/** Three classes of grey squares under noise, as if they were read from files. */
record Datasets(Fault fault, double noise, int side, Resources resources) implements FileBased {
    private static final int CLASSES = 3;
    private static final int SIDE = 4;
    private static final Shape IMAGE = new Shape(3, SIDE, SIDE);

    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        TESTS_ON_THE_POOL("splits-are-disjoint"),
        COUNTS_FROM_ONE("labels-are-in-range"),
        CALLS_TWO_CLASSES_THE_SAME("classes-have-names"),
        FORGETS_THE_NOISE_OF_ONE("a-sample-is-stable"),
        READS_BYTES("a-sample-is-stable-2"),
        RESIZES_IN_REVERSE("resized-images-are-the-same-images"),
        DIMS_WHAT_IT_RESIZES("resized-images-are-the-same-images-2"),
        LEAKS_PER_READ("nothing-is-left-open");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, Dataset> subjects() {
        return new Subjects<>(
                Kind.DATASET,
                List.of(Fault.values()),
                fault -> Requirements.none(),
                (fault, weight, resources) -> new Datasets(fault, weight, 0, resources));
    }

    @Override
    public int classes() {
        return CLASSES;
    }

    @Override
    public List<String> classNames() {
        return fault == Fault.CALLS_TWO_CLASSES_THE_SAME ? List.of("a", "b", "a") : Dataset.numbered(classes());
    }

    @Override
    public Shape shape() {
        return isResized() ? new Shape(3, side, side) : IMAGE;
    }

    private boolean isResized() {
        return side > 0;
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.values());
    }

    @Override
    public List<DataFile> files(Part part) {
        return IntStream.range(0, images(part).size())
                .mapToObj(i -> new DataFile("%s/%d.png".formatted(part, i), IMAGE.size(), "0".repeat(64)))
                .toList();
    }

    @Override
    public Dataset resized(int wanted) {
        return new Datasets(fault, noise, wanted, resources);
    }

    @Override
    public Images images(Part part) {
        return switch (part) {
            case TRAINING -> new Squares(part, 0, 4);
            case POOL -> new Squares(part, 0, 6);
            case TEST -> new Squares(part, fault == Fault.TESTS_ON_THE_POOL ? 5 : 6, 9);
            case PUBLIC -> new Squares(part, 100, 104);
        };
    }

    private final class Squares implements Images {
        private final Part part;
        private final int from;
        private final int perClass;

        Squares(Part part, int from, int to) {
            this.part = part;
            this.from = from;
            this.perClass = to - from;
        }

        @Override
        public int size() {
            return CLASSES * perClass;
        }

        @Override
        public Shape shape() {
            return Datasets.this.shape();
        }

        @Override
        public int label(int index) {
            int label = index / perClass;
            return part == Part.PUBLIC ? -1 : fault == Fault.COUNTS_FROM_ONE ? label + 1 : label;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            if (fault == Fault.LEAKS_PER_READ) {
                NDScope.unregister(resources.manager().create(1f));
            }
            boolean reversed = isResized() && fault == Fault.RESIZES_IN_REVERSE && side != SIDE;
            NDArray squares = squares(
                    manager,
                    reversed ? IntStream.of(indices).map(i -> size() - 1 - i).toArray() : indices);
            NDArray seen = Resampling.of(IMAGE)
                    .resize((int) shape().get(1), (int) shape().get(2))
                    .apply(squares);
            return isResized() && fault == Fault.DIMS_WHAT_IT_RESIZES ? seen.mul(0.99) : seen;
        }

        private NDArray squares(NDManager manager, int... indices) {
            int length = (int) IMAGE.size();
            float[] pixels = new float[indices.length * length];
            for (int i = 0; i < indices.length; i++) {
                RandomStream stream = resources
                        .random()
                        .child("class", indices[i] / perClass)
                        .child("sample", from + indices[i] % perClass);
                for (int k = 0; k < length; k++) {
                    boolean forgotten = fault == Fault.FORGETS_THE_NOISE_OF_ONE && indices.length == 1;
                    double drawn = forgotten ? 0 : 0.2 * noise * stream.gaussian();
                    pixels[i * length + k] = (float) Math.tanh(indices[i] / perClass - 1 + drawn)
                            * (fault == Fault.READS_BYTES ? 255 : 1);
                }
            }
            return manager.create(pixels, new Shape(indices.length).addAll(IMAGE));
        }
    }
}
