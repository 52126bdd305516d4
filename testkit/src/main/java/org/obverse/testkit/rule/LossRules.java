package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.testkit.bench.Bench;

/** Rules for identity losses. */
final class LossRules {
    private static final double TOLERANCE = 1e-4;
    private static final double SLOPE_TOLERANCE = 0.03;
    private static final int SMALL_BATCH = 3;
    private static final String READIED = "is-readied-with-what-it-declares";

    private LossRules() {}

    static List<Rule<IdentityLoss>> rules() {
        return List.of(
                Rule.must(
                        READIED,
                        "The loss is readied with what it declares: public images, prepared networks, the generator.",
                        "Requirements.data, network and generator, for what IdentityLoss.begin asks the context for",
                        LossRules::isReadiedWithWhatItDeclares),
                Rule.must(
                        "every-candidate-has-a-loss",
                        "Every candidate has one finite loss, and logits of every class.",
                        "IdentityLoss.Assessment: losses [N] of the step's precision, logits [N, classes]",
                        subject -> with(subject, LossRules::everyCandidateHasALoss)),
                Rule.must(
                        "candidates-stand-alone",
                        "A candidate's loss is its own, whatever batch it is in and in whatever batches the loss is readied.",
                        "means over a batch; draws from a stream that candidates share, or that is keyed by batch",
                        LossRules::candidatesStandAlone),
                Rule.must(
                        "gradient-agrees-with-differences",
                        "The gradient of the losses with respect to the points agrees with finite differences.",
                        "values read to Java and back; casts that cut the gradient (Operators.cast does not)",
                        subject -> with(subject, LossRules::gradientAgreesWithDifferences)),
                Open.rule(LossRules::nothingIsLeftOpen));
    }

    private static void with(Subject<IdentityLoss> subject, LossBench.Trial trial) {
        requireReady(subject);
        LossBench.of(subject).begin(subject.chosen(), trial);
    }

    /**
     * Whether the loss can be readied as its author wants it tried.
     *
     * @param failure at most one
     */
    private record Readied(List<RuntimeException> failure) {
        static Readied of(Subject<IdentityLoss> subject) {
            return subject.once(Readied.class, () -> {
                try {
                    LossBench.of(subject).begin(subject.chosen(), (objective, bench) -> {});
                    return new Readied(List.of());
                } catch (NotTried e) {
                    throw e;
                } catch (RuntimeException e) {
                    return new Readied(List.of(e));
                }
            });
        }
    }

    private static void isReadiedWithWhatItDeclares(Subject<IdentityLoss> subject) {
        for (RuntimeException failure : Readied.of(subject).failure()) {
            throw new BrokenRule("when it was readied it threw " + failure);
        }
    }

    private static void requireReady(Subject<IdentityLoss> subject) {
        if (!Readied.of(subject).failure().isEmpty()) {
            throw new NotTried("the loss cannot be readied; see the rule " + READIED);
        }
    }

    /** Losses and gradients of a few steps. */
    static String seen(Subject<IdentityLoss> subject, PlannedComponent<IdentityLoss> chosen) {
        requireReady(subject);
        Fingerprint seen = new Fingerprint();
        LossBench.of(subject).begin(chosen, (objective, bench) -> {
            NDArray points = bench.start();
            for (int number = 0; number < LossBench.STEPS; number++) {
                bench.differentiated(
                        objective,
                        number,
                        points,
                        (step, assessed, gradient) -> seen.array(assessed.losses())
                                .array(assessed.logits())
                                .array(gradient),
                        bench.all());
            }
        });
        return seen.end();
    }

    private static void everyCandidateHasALoss(IdentityLoss.Objective objective, LossBench bench) {
        bench.differentiated(
                objective,
                0,
                bench.start(),
                (step, assessed, gradient) -> {
                    NDArray losses = assessed.losses();
                    unless(
                            losses.getShape().equals(new Shape(bench.candidates())),
                            "%d candidates have losses of shape %s",
                            bench.candidates(),
                            losses.getShape());
                    unless(
                            losses.getDataType() == step.precision(),
                            "losses are of type %s where %s is asked for",
                            losses.getDataType(),
                            step.precision());
                    Arrays.stream(values(assessed))
                            .forEach(loss -> unless(Double.isFinite(loss), "a loss is %s", loss));
                    unless(
                            assessed.logits().getShape().equals(new Shape(bench.candidates(), bench.targetClasses())),
                            "%d candidates of a target of %d classes have logits of shape %s",
                            bench.candidates(),
                            bench.targetClasses(),
                            assessed.logits().getShape());
                },
                bench.all());
    }

    private static double[] values(Assessment assessed) {
        return assessed.losses().toType(DataType.FLOAT64, false).toDoubleArray();
    }

    /** The losses of all candidates. */
    private static double[] sound(IdentityLoss.Objective objective, LossBench bench) {
        double[] losses = bench.losses(objective, bench.start(), bench.all());
        if (losses.length != bench.candidates() || !Arrays.stream(losses).allMatch(Double::isFinite)) {
            throw new NotTried("candidates lack a loss; see the rule every-candidate-has-a-loss");
        }
        return losses;
    }

    private static void candidatesStandAlone(Subject<IdentityLoss> subject) {
        List<double[]> usual = new ArrayList<>();
        with(subject, (objective, bench) -> {
            usual.add(sound(objective, bench));
            double[] alone = new double[bench.candidates()];
            for (int row = 0; row < alone.length; row++) {
                alone[row] = bench.losses(objective, LossBench.rows(bench.start(), row, row + 1), row)[0];
            }
            near(usual.get(0), alone, "alone");
        });
        LossBench.of(subject)
                .begin(
                        subject.chosen(),
                        SMALL_BATCH,
                        (objective, bench) -> near(usual.get(0), sound(objective, bench), "readied in batches of 3"));
    }

    private static void near(double[] usual, double[] others, String how) {
        for (int row = 0; row < usual.length; row++) {
            double gap = Math.abs(others[row] - usual[row]);
            unless(
                    gap <= TOLERANCE * Math.max(1, Math.abs(usual[row])),
                    "%s a candidate's loss is %s, usually %s",
                    how,
                    others[row],
                    usual[row]);
        }
    }

    /** Along one random direction, so that float32 has enough signal. */
    private static void gradientAgreesWithDifferences(IdentityLoss.Objective objective, LossBench bench) {
        sound(objective, bench);
        NDArray start = bench.start();
        NDArray direction =
                start.getManager().create(Bench.stream("direction").gaussians((int) start.size()), start.getShape());
        bench.differentiated(
                objective,
                0,
                start,
                (step, assessed, gradient) -> {
                    double slope = gradient.mul(direction).sum().getFloat();
                    double best = Double.POSITIVE_INFINITY;
                    double scale = Math.abs(slope);
                    for (double h : new double[] {1e-2, 3e-3, 1e-3, 3e-4}) {
                        NDArray change = direction.mul(h);
                        double difference =
                                (bench.sum(objective, start.add(change)) - bench.sum(objective, start.sub(change)))
                                        / (2 * h);
                        scale = Math.max(scale, Math.abs(difference));
                        best = Math.min(best, Math.abs(difference - slope));
                    }
                    unless(scale > 0, "the losses do not change with the points");
                    unless(
                            best <= SLOPE_TOLERANCE * scale,
                            "the gradient is %.5g, and the nearest finite difference is %.2g off",
                            slope,
                            best);
                },
                bench.all());
    }

    private static void nothingIsLeftOpen(Subject<IdentityLoss> subject) throws Exception {
        requireReady(subject);
        LossBench.of(subject).staysAfter(subject.chosen());
    }
}
