package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.obverse.api.defense.Companion;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.LabelEncoder;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.defense.Schedule;
import org.obverse.api.network.Activations;
import org.obverse.api.oracle.Access;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.testkit.bench.Bench;

/** Rules for defenses. */
final class DefenseRules {
    private static final double DIFFERENCE_TOLERANCE = 0.03;

    private DefenseRules() {}

    static List<Rule<Defense>> rules() {
        return List.of(
                Rule.must(
                        "training-stays-finite",
                        "A network trained under the defense has finite tensors.",
                        "divisions and logarithms of the loss terms",
                        subject -> Defended.usual(subject)),
                Rule.must(
                        "loss-gradients-agree-with-differences",
                        "The gradients of the loss terms with respect to logits and activations agree with finite"
                                + " differences.",
                        "values read to Java and back; casts that cut the gradient (Operators.cast does not)",
                        DefenseRules::lossGradientsAgreeWithDifferences),
                Rule.must(
                        "per-sample-terms-are-per-sample",
                        "A loss term of shape [N] gives each sample a value that does not depend on the others; one of the batch"
                                + " is a scalar and says so.",
                        "means over the batch; LossTerm.mixesSamples",
                        DefenseRules::perSampleTermsArePerSample),
                Rule.must(
                        "mixing-is-declared",
                        "What a data transform makes of a sample does not depend on the others, or it says so.",
                        "DataTransform.mixesSamples",
                        DefenseRules::mixingIsDeclared),
                Rule.must(
                        "output-filters-never-raise-access",
                        "An output filter lets less than white box through, and what it answers for a sample does not"
                                + " depend on the others.",
                        "OutputFilter.limit",
                        DefenseRules::outputFiltersNeverRaiseAccess),
                Rule.must(
                        "schedules-reach-their-end",
                        "In the last epoch a schedule has the value that it is meant to end with.",
                        "absolute epochs; a ramp that ends after the last epoch",
                        DefenseRules::schedulesReachTheirEnd),
                Rule.must(
                        "weight-zero-is-without",
                        "With all weights 0 the network is trained to the bit as without the loss terms and the companion.",
                        "LossTerm.weight; factors inside LossTerm.loss; Companion.weight",
                        DefenseRules::weightZeroIsWithout),
                Rule.must(
                        "companions-leave-the-target-alone",
                        "Where the learning rate is 0 a companion leaves every weight of the target as it is.",
                        "passes of the target in training mode; arrays of Classifier.parameters that are written to",
                        DefenseRules::companionsLeaveTheTargetAlone),
                Rule.must(
                        "companions-go-on",
                        "A training that is cancelled goes on from its last epoch and ends to the bit as one that was not.",
                        "fields of a session; tensors and optimizers that are not of Companion.Setting, nor attached",
                        DefenseRules::companionsGoOn),
                Open.rule(DefenseRules::nothingIsLeftOpen));
    }

    private static void lossGradientsAgreeWithDifferences(Subject<Defense> subject) {
        forTerms(subject, LossTerm.class, (defended, term) -> {
            Defended.Batch batch = defended.batch();
            Map<String, NDArray> inputs = new TreeMap<>(batch.activations().taps());
            inputs.keySet().retainAll(term.taps());
            inputs.put("logits", batch.activations().logits());
            double most = 0;
            Map<String, Double> gaps = new LinkedHashMap<>();
            for (var input : inputs.entrySet()) {
                Function<NDArray, NDArray> loss = changed -> sum(term, batch, input.getKey(), changed);
                double[] slopes = slopes(subject.bench(), input.getValue(), loss);
                most = Math.max(most, Math.max(Math.abs(slopes[0]), Math.abs(slopes[1])));
                gaps.put(input.getKey(), Math.abs(slopes[0] - slopes[1]));
            }
            double scale = most;
            unless(scale > 0, "its loss depends neither on the logits nor on its taps %s", term.taps());
            gaps.forEach((name, gap) -> unless(
                    gap <= DIFFERENCE_TOLERANCE * scale,
                    "with respect to '%s' gradient and finite difference are %.2g apart, of %.2g",
                    name,
                    gap,
                    scale));
        });
    }

    private static NDArray sum(LossTerm term, Defended.Batch batch, String input, NDArray changed) {
        Map<String, NDArray> taps = new LinkedHashMap<>(batch.activations().taps());
        NDArray logits = input.equals("logits") ? changed : batch.activations().logits();
        if (!input.equals("logits")) {
            taps.put(input, changed);
        }
        return term.loss(batch.images(), new Activations(logits, taps), batch.targets(), batch.labels())
                .sum();
    }

    /**
     * Along a random direction, whose entries are in proportion to where they start: by the gradient, and by the nearest
     * of several finite differences.
     */
    private static double[] slopes(Bench bench, NDArray at, Function<NDArray, NDArray> loss) {
        Gradients gradients = bench.torch().gradients();
        NDArray size = at.abs().add(at.abs().mean().mul(0.01));
        NDArray direction = at.getManager()
                .create(Bench.stream("direction").gaussians((int) at.size()), at.getShape())
                .mul(size);
        double slope;
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray variable = gradients.variable(at);
            NDArray scalar = loss.apply(variable);
            NDArray zero = variable.sum().mul(0);
            slope = gradients
                    .of(scalar.add(bench.torch().operators().cast(zero, scalar.getDataType())), new NDList(variable))
                    .head()
                    .mul(direction)
                    .sum()
                    .getFloat();
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (double h : new double[] {1e-1, 3e-2, 1e-2, 3e-3}) {
            double up = value(loss.apply(at.add(direction.mul(h))));
            double down = value(loss.apply(at.sub(direction.mul(h))));
            double difference = (up - down) / (2 * h);
            nearest = Math.abs(difference - slope) < Math.abs(nearest - slope) ? difference : nearest;
        }
        return new double[] {slope, nearest};
    }

    private static double value(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }

    /** The largest difference, as a share of the largest value where that exceeds 1. */
    private static double gap(NDArray one, NDArray other) {
        return value(one.sub(other).abs().max()) / Math.max(1, value(one.abs().max()));
    }

    private static void perSampleTermsArePerSample(Subject<Defense> subject) {
        boolean[] any = new boolean[1];
        forTerms(subject, LossTerm.class, (defended, term) -> {
            Defended.Batch batch = defended.batch();
            NDArray together = term.loss(batch.images(), batch.activations(), batch.targets(), batch.labels());
            if (together.getShape().dimension() == 0) {
                unless(term.mixesSamples(), "it is of the batch, and mixesSamples does not say so");
                return;
            }
            any[0] = true;
            long size = batch.labels().getShape().get(0);
            unless(
                    together.getShape().equals(new Shape(size)),
                    "its shape is %s for %d samples",
                    together.getShape(),
                    size);
            Defended.Batch some = batch.rows("0:" + size / 2);
            NDArray alone = term.loss(some.images(), some.activations(), some.targets(), some.labels());
            double gap = gap(together.get("0:" + size / 2), alone);
            unless(gap <= 1e-5, "beside other samples its values differ by %.2g", gap);
        });
        if (!any[0]) {
            throw new BesideThePoint("its loss terms are of the batch");
        }
    }

    private static void mixingIsDeclared(Subject<Defense> subject) {
        forTerms(subject, DataTransform.class, (defended, transform) -> {
            if (transform.mixesSamples()) {
                return;
            }
            Defended.Batch batch = defended.batch();
            long half = batch.labels().getShape().get(0) / 2;
            String first = "0:" + half;
            NDArray others = batch.images().duplicate();
            others.get(half + ":").subi(1);
            NDArray labels = batch.targets();
            NDArray next = labels.get(half + ":, 1:").concat(labels.get(half + ":, 0:1"), 1);
            NDArray otherLabels = labels.get(first).concat(next);
            DataTransform.Batch together = changed(transform, batch.images(), batch.targets());
            DataTransform.Batch beside = changed(transform, others, otherLabels);
            double images = gap(together.images().get(first), beside.images().get(first));
            double targets = gap(together.targets().get(first), beside.targets().get(first));
            unless(
                    Math.max(images, targets) <= 1e-5,
                    "beside other samples its images differ by %.2g and its targets by %.2g",
                    images,
                    targets);
        });
    }

    private static DataTransform.Batch changed(DataTransform transform, NDArray images, NDArray targets) {
        return transform.transform(
                new DataTransform.Batch(images, targets), new Epoch(0, 1), Bench.stream("transform"));
    }

    private static void outputFiltersNeverRaiseAccess(Subject<Defense> subject) {
        forTerms(subject, OutputFilter.class, (defended, filter) -> {
            unless(
                    Access.LOGITS.grants(filter.limit()) && filter.limit() != Access.NONE,
                    "its limit is %s, but it sits below white box",
                    filter.limit().label());
            NDArray logits = defended.batch().activations().logits();
            NDArray together = filter.filter(logits, Bench.stream("filter"));
            unless(
                    together.getShape().equals(logits.getShape()),
                    "it answers %s to logits %s",
                    together.getShape(),
                    logits.getShape());
            NDArray alone = filter.filter(logits.get("0:1"), Bench.stream("filter"));
            double gap = gap(together.get("0:1"), alone);
            unless(gap <= 1e-5, "beside other samples its answer differs by %.2g", gap);
        });
    }

    private static void schedulesReachTheirEnd(Subject<Defense> subject) {
        forTerms(subject, LabelEncoder.class, (defended, encoder) -> {
            Schedule schedule = encoder.schedule();
            for (int epochs : new int[] {subject.bench().layout().epochs(), 20, 100}) {
                double last = schedule.value(new Epoch(epochs - 1, epochs));
                unless(
                        Math.abs(last - schedule.finalValue()) <= 1e-12,
                        "the last of %d epochs has %s, not %s",
                        epochs,
                        last,
                        schedule.finalValue());
            }
        });
    }

    private static void weightZeroIsWithout(Subject<Defense> subject) {
        Mapping zeros = Node.nothing();
        for (Key key : Key.of(subject.contribution().component().defaults())) {
            String name = key.path().replaceFirst(".*\\.", "");
            if ((name.equals("weight") || name.endsWith("-weight")) && key.type() == double.class) {
                zeros = zeros.overlaid(key.set(Node.of(0.0)));
            }
        }
        if (zeros.entries().isEmpty()) {
            throw new BesideThePoint("it has no weight");
        }
        Defended weightless = new Defended(subject, subject.chosen(zeros));
        List<DefensePart> others = new ArrayList<>(weightless.parts());
        unless(
                others.removeIf(part -> part instanceof LossTerm || part instanceof Companion),
                "it has a weight and neither a loss term nor a companion");
        unless(
                weightless.trained(weightless.parts()).equals(weightless.trained(others)),
                "with %s another network is trained than without the loss terms and the companion",
                zeros.entries().keySet());
    }

    private static void companionsLeaveTheTargetAlone(Subject<Defense> subject) {
        List<String> changed = accompanied(subject).changedAtRest();
        unless(changed.isEmpty(), "it changes the target's %s", changed);
    }

    private static void companionsGoOn(Subject<Defense> subject) {
        Defended defended = accompanied(subject);
        String whole = defended.seen();
        unless(
                defended.seenAfterAPause().equals(whole),
                "a training that was cancelled in its second epoch ends with another network");
    }

    private static Defended accompanied(Subject<Defense> subject) {
        Defended defended = new Defended(subject, subject.chosen());
        if (defended.parts().stream().noneMatch(Companion.class::isInstance)) {
            throw new BesideThePoint("it has no Companion");
        }
        return defended;
    }

    private static void nothingIsLeftOpen(Subject<Defense> subject) throws Exception {
        try (NDManager own = subject.bench().torch().manager().newSubManager()) {
            Defended defended = new Defended(subject, subject.chosen(), own);
            Open.staysAfter(subject.bench(), own, defended::seen);
        }
    }

    private interface Look<P> {
        void at(Defended defended, P part);
    }

    private static <P extends DefensePart> void forTerms(Subject<Defense> subject, Class<P> type, Look<P> look) {
        Defended defended = new Defended(subject, subject.chosen());
        List<P> parts = defended.parts().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        if (parts.isEmpty()) {
            throw new BesideThePoint("it has no " + type.getSimpleName());
        }
        try (NDManager manager = subject.bench().torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            defended.forward(manager);
            parts.forEach(part -> look.at(defended, part));
        }
    }
}
