package org.obverse.engine.study;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.defense.CheckpointPolicy;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.Taught;
import org.obverse.api.defense.TeacherLoss;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipContext;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MembershipMetric;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.engine.training.LinearClassifier;

/** Images that are numbers, and attacks that say what they were given. */
public final class GuessingPlugin implements Plugin {
    record Numbers(
            @Meaning("training images") int training,
            @Meaning("test images") int test,

            @Meaning("test images that are training images, too")
            int shared,

            @Meaning("a training image that is another than it would be; -1 for none")
            int other) {}

    record Nothing() {}

    record Signed(@Meaning("1 or -1") int sign) {}

    /** Judges epochs by a tenth of the training images. */
    private record HoldingOut() implements CheckpointPolicy {
        @Override
        public double validation() {
            return 0.1;
        }

        @Override
        public Verdict judge(Epoch epoch, double accuracy) {
            return Verdict.CONTINUE;
        }
    }

    record Imitating(@Meaning("the teacher") String teacher) implements Taught {}

    @Override
    public String id() {
        return "guessing";
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
                        "numbers",
                        "",
                        new Numbers(20, 16, 0, -1),
                        (numbers, resources) -> new Numbered(numbers)),
                new Component<>(
                        Kind.MEMBERSHIP_ATTACK,
                        "first-pixel",
                        "",
                        new Signed(1),
                        signed -> Requirements.none().access(LabelOracle.class),
                        (signed, resources) -> firstPixel(signed.sign())),
                new Component<>(
                        Kind.MEMBERSHIP_ATTACK,
                        "trained-on",
                        "",
                        new Nothing(),
                        none -> Requirements.none().reads(Reading.REFERENCES),
                        (none, resources) -> trainedOn()),
                new Component<>(
                        Kind.MEMBERSHIP_ATTACK,
                        "as-taught",
                        "",
                        new Nothing(),
                        none -> Requirements.none().reads(Reading.TRAINING),
                        (none, resources) -> asTaught()),
                new Component<>(
                        Kind.MEMBERSHIP_ATTACK,
                        "undeclared",
                        "",
                        new Nothing(),
                        none -> Requirements.none(),
                        (none, resources) -> trainedOn()),
                new Component<>(
                        Kind.CLASSIFIER,
                        "of-nine",
                        "",
                        new Nothing(),
                        (none, resources) -> (input, classes, parameters) ->
                                new LinearClassifier(Math.toIntExact(input.get(0)), 9, parameters)),
                new Component<>(
                        Kind.DEFENSE,
                        "holding-out",
                        "",
                        new Nothing(),
                        (none, resources) -> () -> List.of(new HoldingOut())),
                new Component<>(
                        Kind.DEFENSE,
                        "imitating",
                        "",
                        new Imitating(""),
                        (imitating, resources) -> () -> List.of(squares())),
                new Component<>(Kind.METRIC, "means", "", new Nothing(), (none, resources) -> means()));
    }

    private static TeacherLoss squares() {
        return (student, teacher) -> student.sub(teacher).square().sum(new int[] {1});
    }

    /** Shows what the samples are, and asks about each of them once. */
    private static MembershipAttack firstPixel(int sign) {
        return context -> {
            LabelOracle target = context.target(LabelOracle.class);
            List<Double> scores = new ArrayList<>();
            for (int i = 0; i < context.samples().size(); i++) {
                context.checkpoint();
                NDArray image = context.samples().read(context.manager(), i);
                target.labels(image);
                scores.add((double) sign * image.getFloat(0, 0));
            }
            return MembershipScores.of(scores, 0);
        };
    }

    /** How many reference models were trained on a sample; of at least two on either side. */
    private static MembershipAttack trainedOn() {
        return new MembershipAttack() {
            @Override
            public List<Problem> check(int trained, int others) {
                return new Problems()
                        .require(others >= 2, "references", "leaves one model alone, beside " + trained, "use more")
                        .list();
            }

            @Override
            public MembershipScores attack(MembershipContext context) {
                return MembershipScores.ranked(IntStream.range(
                                0, context.samples().size())
                        .mapToObj(sample -> (double) context.references().stream()
                                .filter(model -> model.isTrainedOn(sample))
                                .count())
                        .toList());
            }
        };
    }

    /** How much of class 0 there is in what a sample is taught to be. */
    private static MembershipAttack asTaught() {
        return context -> {
            List<Double> scores = new ArrayList<>();
            for (int i = 0; i < context.samples().size(); i++) {
                NDArray image = context.samples().read(context.manager(), i);
                NDArray label =
                        context.manager().create(new long[] {context.samples().label(i)});
                scores.add((double) context.asTrained(image, label, context.random())
                        .targets()
                        .getFloat(0, 0));
            }
            return MembershipScores.ranked(scores);
        };
    }

    private static MembershipMetric means() {
        return evidence -> new Measurement(
                evidence.attacks().stream()
                        .flatMap(attack -> List.of(
                                mean(attack.attack() + " members", attack.members()),
                                mean(attack.attack() + " others", attack.others()))
                                .stream())
                        .toList(),
                List.of(),
                List.of());
    }

    private static Figure mean(String name, List<Double> scores) {
        double mean = scores.stream().mapToDouble(score -> score).average().orElseThrow();
        return new Figure(name, mean, Better.NEITHER, "score");
    }

    /** Training images count 0.01, 0.02, …, test images −0.01, −0.02, … but for those that are shared. */
    private record Numbered(Numbers numbers) implements Dataset {
        @Override
        public int classes() {
            return 2;
        }

        @Override
        public List<String> classNames() {
            return Dataset.numbered(2);
        }

        @Override
        public Shape shape() {
            return new Shape(2);
        }

        @Override
        public Set<Part> parts() {
            return Set.of(Part.TRAINING, Part.POOL, Part.TEST);
        }

        @Override
        public Images images(Part part) {
            return new Line(numbers, part);
        }
    }

    private record Line(Numbers numbers, Part part) implements Images {
        @Override
        public int size() {
            return part == Part.TEST ? numbers.test() : numbers.training();
        }

        @Override
        public Shape shape() {
            return new Shape(2);
        }

        @Override
        public int label(int index) {
            return index % 2;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            float[] values = new float[2 * indices.length];
            for (int i = 0; i < indices.length; i++) {
                boolean positive = part != Part.TEST || indices[i] < numbers.shared();
                boolean isOther = part != Part.TEST && indices[i] == numbers.other();
                values[2 * i] = isOther ? 0.5f : (positive ? 1 : -1) * (indices[i] + 1) / 100f;
                values[2 * i + 1] = label(indices[i]);
            }
            return manager.create(values, new Shape(indices.length, 2));
        }
    }
}
