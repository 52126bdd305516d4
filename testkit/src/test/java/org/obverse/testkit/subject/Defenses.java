package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.obverse.api.defense.Companion;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.LabelEncoder;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.defense.Schedule;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.ParameterOptimizer;

/** Small features, labels that are smoothed more from epoch to epoch, and rounded answers. */
final class Defenses {
    private static final double SMOOTHING = 0.1;
    private static final long FULL_BATCH = 16;

    private Defenses() {}

    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        NOT_A_NUMBER("training-stays-finite"),
        DETACHED("loss-gradients-agree-with-differences"),
        MEAN_OF_THE_BATCH("per-sample-terms-are-per-sample"),
        BATCH_TERM_IN_SECRET("per-sample-terms-are-per-sample-2"),
        MIXES_IN_SECRET("mixing-is-declared"),
        MIXES_LABELS_IN_SECRET("mixing-is-declared-2"),
        WHITE_BOX_FILTER("output-filters-never-raise-access"),
        FILTER_OF_THE_BATCH("output-filters-never-raise-access-2"),
        NEVER_ARRIVES("schedules-reach-their-end"),
        FLOOR_UNDER_THE_WEIGHT("weight-zero-is-without"),
        WRITES_INTO_THE_TARGET("companions-leave-the-target-alone"),
        REMEMBERS_IN_A_FIELD("companions-go-on"),
        LABELS_OF_MORE_THAN_ONE("label-rows-sum-to-one"),
        SCHEDULE_FOR_SHOW("labels-follow-their-schedule"),
        LEAKS_PER_BATCH("nothing-is-left-open");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, Defense> subjects() {
        return new Subjects<>(
                Kind.DEFENSE,
                List.of(Fault.values()),
                fault -> Requirements.none(),
                (fault, weight, resources) -> () -> List.of(
                        new SmallFeatures(fault, weight, resources),
                        new Smoothing(fault),
                        new Dimming(fault),
                        new Shadows(fault, weight, resources),
                        new Rounding(fault)));
    }

    private record SmallFeatures(Fault fault, double factor, Resources resources) implements LossTerm {
        @Override
        public Set<String> taps() {
            return Set.of(Tap.PENULTIMATE);
        }

        @Override
        public double weight() {
            return fault == Fault.FLOOR_UNDER_THE_WEIGHT ? factor + 0.01 : factor;
        }

        @Override
        public Role role() {
            return Role.BESIDE_CROSS_ENTROPY;
        }

        @Override
        public NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels) {
            if (fault == Fault.LEAKS_PER_BATCH) {
                NDScope.unregister(resources.manager().create(1f));
            }
            NDArray given = activations.tap(Tap.PENULTIMATE);
            NDArray features = switch (fault) {
                case DETACHED -> given.getManager().create(given.toFloatArray(), given.getShape());
                case MEAN_OF_THE_BATCH -> given.sub(given.mean(new int[] {0}, true));
                default -> given;
            };
            NDArray small = features.square().mean(new int[] {1});
            NDArray loss = small.add(activations.logits().square().mean(new int[] {1}));
            if (fault == Fault.BATCH_TERM_IN_SECRET) {
                return loss.mean();
            }
            boolean full = labels.getShape().get(0) == FULL_BATCH;
            return fault == Fault.NOT_A_NUMBER && full ? loss.mul(Float.NaN) : loss;
        }
    }

    /** Images that are a little darker. */
    private record Dimming(Fault fault) implements DataTransform {
        @Override
        public Batch transform(Batch batch, Epoch epoch, RandomStream random) {
            NDArray dim = batch.images().mul(0.99);
            NDArray targets = batch.targets();
            return new Batch(
                    fault == Fault.MIXES_IN_SECRET ? dim.sub(dim.mean()) : dim,
                    fault == Fault.MIXES_LABELS_IN_SECRET
                            ? targets.mul(0.9)
                                    .add(targets.mean(new int[] {0}, true).mul(0.1))
                            : targets);
        }
    }

    /** Towards the uniform distribution, by an amount that grows with the epochs. */
    private record Smoothing(Fault fault) implements LabelEncoder {
        @Override
        public NDArray encode(NDArray labels, int classes, Epoch epoch) {
            double amount =
                    fault == Fault.SCHEDULE_FOR_SHOW ? SMOOTHING : schedule().value(epoch);
            double kept = fault == Fault.LABELS_OF_MORE_THAN_ONE ? 1 : 1 - amount;
            return labels.oneHot(classes).mul(kept).add(amount / classes);
        }

        @Override
        public Schedule schedule() {
            int late = fault == Fault.NEVER_ARRIVES ? 0 : 1;
            return new Schedule() {
                @Override
                public double value(Epoch epoch) {
                    return SMOOTHING * (epoch.index() + late) / epoch.count();
                }

                @Override
                public double finalValue() {
                    return SMOOTHING;
                }
            };
        }
    }

    /** Appends images towards a mean that it learns, in part by an optimizer and in part as a tensor that stays with the target. */
    private record Shadows(Fault fault, double factor, Resources resources) implements Companion {
        private static final String MEAN = "shadows.mean";

        @Override
        public double weight() {
            return factor / 10;
        }

        @Override
        public void attach(Shape input, int classes, Parameters target) {
            target.buffer(MEAN, input, Initial.constant(0));
        }

        @Override
        public Session begin(Setting setting) {
            NDArray mean =
                    Objects.requireNonNull(setting.target().parameters().all().get(MEAN));
            NDArray offset = setting.parameters("offset").weight("value", mean.getShape(), Initial.normal(0.1));
            ParameterOptimizer optimizer = setting.optimizer(new NDList(offset));
            int[] steps = new int[1];
            return step -> {
                mean.set(
                        new NDIndex("..."),
                        mean.mul(0.9).add(step.images().mean(new int[] {0}).mul(0.1)));
                optimizer.step(
                        new NDList(offset.sub(mean)),
                        setting.recipe().learningRate(step.epoch().index()));
                if (fault == Fault.WRITES_INTO_THE_TARGET) {
                    setting.target().parameters().trainableList().head().addi(0.01);
                }
                double kept = fault == Fault.REMEMBERS_IN_A_FIELD ? 1.0 / ++steps[0] : 0.5;
                NDArray shadows =
                        step.augment(step.images(), step.random()).mul(kept).add(offset.mul(0.5));
                return new DataTransform.Batch(shadows, step.encode(step.labels()));
            };
        }
    }

    /** Logits to the nearest tenth. */
    private record Rounding(Fault fault) implements OutputFilter {
        @Override
        public Access limit() {
            return fault == Fault.WHITE_BOX_FILTER ? Access.WHITE_BOX : Access.LOGITS;
        }

        @Override
        public NDArray filter(NDArray logits, RandomStream noise) {
            return fault == Fault.FILTER_OF_THE_BATCH
                    ? logits.sub(logits.mean())
                    : logits.mul(10).round().div(10);
        }
    }
}
