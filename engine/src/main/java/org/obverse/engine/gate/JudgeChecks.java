package org.obverse.engine.gate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.obverse.api.metric.Judged;
import org.obverse.api.metric.Judged.Basis;
import org.obverse.api.network.Classifier;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.plan.EvaluationPlan;
import org.obverse.engine.plan.Ground;
import org.obverse.engine.plan.MetricPlan;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.Network;
import org.obverse.engine.training.Untrained;

/**
 * What is against a model as the judge of an attack. Of weights that others made it can be seen whether they are the target's and how
 * well they know the test images, not what they were trained on.
 *
 * @param metric that it judges for
 * @param asked the models that the attack asked
 */
public record JudgeChecks(
        MetricPlan metric, Input<MeasuredData> data, EvaluationPlan judge, Input<Network> model, List<Asked> asked) {
    /** A model that the attack asked. */
    public record Asked(TargetPlan plan, Input<Network> model) {}

    /**
     * Of the private test images. With a judge of accuracy p a likeness that is perfect scores p, so this is the ceiling of Acc@1; what
     * defenses cost an attack in the tables of Struppek et al. 2024 begins at some ten points, and a judge that errs more often than
     * that tells nothing of it.
     */
    static final double LEAST_ACCURACY = 0.9;
    /**
     * On the same images. Mean confidences of an attack under two defenses differ by tenths, so a confidence that is off by more is none.
     * Label smoothing of 0.1 alone makes it 0.18 to 0.19 (same paper, table 2; README), which shall pass.
     */
    static final double MOST_CALIBRATION_ERROR = 0.25;

    /** What can be said before anything runs. */
    public List<Objection> before(Known known) {
        if (basis(metric) == Basis.CROP) {
            return List.of();
        }
        List<Objection> objections = new ArrayList<>();
        for (Asked target : asked) {
            if (isSameFile(target) || areEqual(known, target)) {
                objections.add(same(target));
            }
            alike(known, target).ifPresent(objections::add);
        }
        return objections;
    }

    /** What the networks themselves say, beside that. */
    public List<Objection> now(Inputs inputs) {
        if (basis(metric) == Basis.CROP) {
            return List.of();
        }
        Network network = inputs.get(model);
        List<Objection> objections = new ArrayList<>();
        for (Asked target : asked) {
            if (areEqual(network.classifier(), inputs.get(target.model()).classifier())) {
                objections.add(same(target));
            }
        }
        if (judge.classes() == 0) {
            objections.addAll(strength(network));
            split(network, inputs.get(data)).ifPresent(objections::add);
        }
        return objections;
    }

    private String name() {
        return judge.name();
    }

    private Objection same(Asked target) {
        return new Objection(
                Ground.JUDGE_IS_TARGET,
                "%s has the weights of %s".formatted(name(), target.plan().path()));
    }

    private boolean isSameFile(Asked target) {
        boolean areTrained =
                judge.origin() instanceof Origin.Trained || target.plan().origin() instanceof Origin.Trained;
        Predicate<String> files =
                judge.origin() instanceof Origin.Loaded && target.plan().origin() instanceof Origin.Loaded
                        ? name -> name.equals("file weights")
                        : name -> name.contains("classifier") || name.equals("file weights");
        return !areTrained && values(model, files).equals(values(target.model(), files));
    }

    private static Map<String, String> values(Input<Network> model, Predicate<String> names) {
        return model.unit().ingredients().values().entrySet().stream()
                .filter(value -> names.test(value.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean areEqual(Known known, Asked target) {
        Optional<Classifier> mine = known.of(model, Classifier.class);
        Optional<Classifier> other = known.of(target.model(), Classifier.class);
        return mine.isPresent() && other.isPresent() && areEqual(mine.get(), other.get());
    }

    /** Those of a finished program cannot be seen, nor those of a network that is yet to be trained. */
    private static boolean areEqual(Classifier one, Classifier other) {
        if (one instanceof Untrained || other instanceof Untrained) {
            return false;
        }
        Map<String, NDArray> mine = one.parameters().all();
        Map<String, NDArray> others = other.parameters().all();
        return !mine.isEmpty()
                && mine.keySet().equals(others.keySet())
                && mine.entrySet().stream()
                        .allMatch(tensor ->
                                areEqual(tensor.getValue(), Objects.requireNonNull(others.get(tensor.getKey()))));
    }

    private static boolean areEqual(NDArray one, NDArray other) {
        try (NDScope scope = new NDScope()) {
            return one.getShape().equals(other.getShape()) && one.contentEquals(other);
        }
    }

    private Optional<Objection> alike(Known known, Asked target) {
        Optional<Untrained> mine = known.of(model, Untrained.class);
        Optional<Untrained> other = known.of(target.model(), Untrained.class);
        String reason = isSameRecipe(judge, target.plan())
                ? "has the classifier, the training and the seed of"
                : mine.isPresent()
                                && other.isPresent()
                                && mine.get().given().isThatOf(other.get().given())
                        ? "begins its training with the weights of"
                        : "";
        return Optional.of(reason)
                .filter(found -> !found.isEmpty())
                .map(found -> new Objection(
                        Ground.JUDGE_TRAINED_ALIKE,
                        "%s %s %s".formatted(name(), found, target.plan().path())));
    }

    /** Whatever defends the target. */
    static boolean isSameRecipe(EvaluationPlan judge, TargetPlan target) {
        return judge.origin() instanceof Origin.Trained
                && judge.origin().equals(target.origin())
                && judge.classifier().equals(target.classifier())
                && judge.seed() == target.seed();
    }

    /** What of its judges a metric rests on; judges that are compared are asked whom they recognise. */
    public static Basis basis(MetricPlan metric) {
        return metric.metric().configuration() instanceof Judged judged ? judged.basis() : Basis.RECOGNITION;
    }

    private List<Objection> strength(Network network) {
        if (!network.figures().containsKey(Network.TEST_ACCURACY)) {
            return List.of(new Objection(
                    Ground.WEAK_JUDGE, name() + ": the data have no test images, which would tell how good it is"));
        }
        List<Objection> objections = new ArrayList<>();
        double accuracy = figure(network, Network.TEST_ACCURACY);
        double calibration = figure(network, Network.TEST_CALIBRATION);
        if (accuracy < LEAST_ACCURACY) {
            objections.add(new Objection(
                    Ground.WEAK_JUDGE,
                    String.format(
                            Locale.ROOT,
                            "%s: %.1f %% of its own test images, less than %.0f %%",
                            name(),
                            100 * accuracy,
                            100 * LEAST_ACCURACY)));
        }
        if (basis(metric) == Basis.CONFIDENCE && calibration > MOST_CALIBRATION_ERROR) {
            objections.add(new Objection(
                    Ground.UNCALIBRATED_JUDGE,
                    String.format(
                            Locale.ROOT,
                            "%s: a calibration error of %.2f on its own test images, more than %.2f",
                            name(),
                            calibration,
                            MOST_CALIBRATION_ERROR)));
        }
        return objections;
    }

    private static double figure(Network network, String name) {
        return network.figures().getOrDefault(name, Double.NaN);
    }

    private Optional<Objection> split(Network network, MeasuredData data) {
        return Optional.ofNullable(network.origin().get(Network.TEST_IMAGES))
                .filter(images -> !images.equals(data.testImages()))
                .map(images -> new Objection(
                        Ground.JUDGE_OF_ANOTHER_SPLIT,
                        name() + ": its weights are of a run with other test images than this plan's data have"));
    }
}
