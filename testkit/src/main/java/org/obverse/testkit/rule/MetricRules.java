package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.data.Part;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.Judged;
import org.obverse.api.metric.JudgedByPanel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.testkit.bench.CountedClassifier;

/** Rules for metrics. */
final class MetricRules {
    private static final double TOLERANCE = 1e-5;

    private MetricRules() {}

    static List<Rule<Metric>> rules() {
        return List.of(
                Rule.must(
                        "figures-are-finite-and-named",
                        "There is a figure, every figure is finite, and no two have the same name.",
                        "divisions by a count that may be 0; such a figure is a MetricFailedException",
                        MetricRules::figuresAreFiniteAndNamed),
                Rule.must(
                        "the-best-case-beats-the-worst",
                        "Every figure with a direction is better where the private images themselves were found than where"
                                + " those of other classes were, or where members score above all others than where below.",
                        "Measurement.Better, signs, and which images or scores are compared",
                        MetricRules::theBestCaseBeatsTheWorst),
                Rule.must(
                        "order-of-candidates-is-irrelevant",
                        "The figures are the same for the candidates, or the samples, in another order and in other batches.",
                        "Candidates.of for the rows of a class; sums over batches; comparisons of features that may tie, whose"
                                + " last bits depend on the batch and the processor",
                        MetricRules::orderOfCandidatesIsIrrelevant),
                Rule.must(
                        "failure-is-typed",
                        "Where the figure does not exist it throws MetricFailedException and nothing else, and returns neither a"
                                + " figure that is not finite nor one for images or answers that are not.",
                        "one candidate or one member, scores that are all the same, images that are not finite, no evaluation model (if it needs one, its configuration"
                                + " is ModelBased, and plans without one are refused)",
                        MetricRules::failureIsTyped),
                Rule.must(
                        "reads-what-it-declares",
                        "The metric reads no part of the data that it does not declare.",
                        "Requirements.data for each Part that the metric asks the evidence for",
                        MetricRules::readsWhatItDeclares),
                Rule.must(
                        "batches-are-no-larger-than-asked",
                        "Where batches of three are asked for, no model is shown many more images at once.",
                        "Evidence.batch for every pass of a model: a plan sets it to what memory allows",
                        MetricRules::batchesAreNoLargerThanAsked),
                Rule.must(
                        "calls-are-not-counted",
                        "Made once and called " + Conformance.CALLS
                                + " times, it has the same figures each time, to the bit.",
                        "fields that a call changes; collections and counters that a component keeps",
                        MetricRules::callsAreNotCounted),
                Checkpoints.rule(
                        "The metric passes a checkpoint in every batch, or for every attack, and ends at once when it throws.",
                        "Evidence.checkpoint before each batch of images, or each attack; a catch that is too wide",
                        MetricRules::checkpointsAreObeyed),
                Open.rule(MetricRules::nothingIsLeftOpen));
    }

    static String seen(Subject<Metric> subject, PlannedComponent<Metric> chosen) {
        requireJudges(chosen.configuration());
        MetricBench judged = MetricBench.of(subject);
        if (chosen.configuration() instanceof FeatureBased metric
                && !judged.taps().contains(metric.tap())) {
            throw new InvalidConfigurationException(new Problem(
                    "tap", "the evaluation models do not show '" + metric.tap() + "'", "see the plan's own check"));
        }
        Fingerprint seen = new Fingerprint();
        for (MetricCase shown : List.of(MetricCase.MIXED, MetricCase.ALL_GOOD)) {
            try {
                Measurement measured = judged.measure(chosen, shown);
                measured.figures().forEach(figure -> seen.text(figure.name()).numbers(figure.value()));
                measured.tables().forEach(table -> seen.text(table));
                seen.text(judged.drawn());
            } catch (MetricFailedException e) {
                throw new InvalidConfigurationException(
                        new Problem(subject.name(), "it is undefined: " + e.getMessage(), "see the other rules"));
            }
        }
        return seen.text(judged.pixels()).end();
    }

    private static void requireJudges(Record configuration) {
        boolean known = true;
        if (configuration instanceof Judged metric) {
            known = metric.judge().isEmpty() || MetricBench.JUDGES.contains(metric.judge());
        } else if (configuration instanceof JudgedByPanel metric) {
            Set<String> different = Set.copyOf(metric.judges());
            known = metric.judges().isEmpty()
                    || (different.size() == metric.judges().size()
                            && different.size() > 1
                            && MetricBench.JUDGES.containsAll(different));
        }
        if (!known) {
            throw new InvalidConfigurationException(new Problem(
                    "judge", "there are no such evaluation models: " + configuration, "see the plan's own check"));
        }
    }

    private static Measurement measured(Subject<Metric> subject, MetricCase shown) {
        try {
            return MetricBench.of(subject).measure(subject.chosen(), shown);
        } catch (MetricFailedException e) {
            throw new BrokenRule("for evidence " + shown + " it says that it is undefined: " + e.getMessage());
        }
    }

    private static void figuresAreFiniteAndNamed(Subject<Metric> subject) {
        List<Figure> figures = measured(subject, MetricCase.MIXED).figures();
        unless(!figures.isEmpty(), "there is no figure");
        finite(figures);
        List<String> names = figures.stream().map(Figure::name).toList();
        unless(new HashSet<>(names).size() == names.size(), "figures share a name: %s", names);
    }

    private static void finite(List<Figure> figures) {
        figures.forEach(figure ->
                unless(Double.isFinite(figure.value()), "the figure '%s' is %s", figure.name(), figure.value()));
    }

    private static void theBestCaseBeatsTheWorst(Subject<Metric> subject) {
        Map<String, Figure> worst = new LinkedHashMap<>();
        MetricBench.of(subject).requireOwnCases();
        measured(subject, MetricCase.ALL_BAD).figures().forEach(figure -> worst.put(figure.name(), figure));
        int compared = 0;
        int strict = 0;
        for (Figure best : measured(subject, MetricCase.ALL_GOOD).figures()) {
            Figure bad = worst.get(best.name());
            if (bad != null && best.better() != Better.NEITHER) {
                double gain = (best.value() - bad.value()) * (best.better() == Better.HIGHER ? 1 : -1);
                unless(
                        gain >= -TOLERANCE,
                        "'%s' is %s in the best case and %s in the worst, and %s is better",
                        best.name(),
                        best.value(),
                        bad.value(),
                        best.better());
                compared++;
                strict += gain > TOLERANCE ? 1 : 0;
            }
        }
        if (compared == 0) {
            throw new BesideThePoint("no figure has a direction in both cases");
        }
        unless(strict > 0, "no figure tells the best case from the worst");
    }

    private static void orderOfCandidatesIsIrrelevant(Subject<Metric> subject) {
        List<Figure> usual = measured(subject, MetricCase.MIXED).figures();
        for (MetricCase other : List.of(MetricCase.MIXED_REVERSED, MetricCase.MIXED_IN_SMALL_BATCHES)) {
            List<Figure> figures = new ArrayList<>(measured(subject, other).figures());
            unless(figures.size() == usual.size(), "other figures for evidence %s", other);
            for (int i = 0; i < usual.size(); i++) {
                double gap = Math.abs(usual.get(i).value() - figures.get(i).value());
                boolean same =
                        Double.compare(usual.get(i).value(), figures.get(i).value()) == 0;
                unless(
                        same
                                || gap
                                        <= TOLERANCE
                                                * Math.max(
                                                        1, Math.abs(usual.get(i).value())),
                        "'%s' is %s, and %s for evidence %s",
                        usual.get(i).name(),
                        usual.get(i).value(),
                        figures.get(i).value(),
                        other);
            }
        }
    }

    private static void failureIsTyped(Subject<Metric> subject) {
        for (MetricCase strange : MetricCase.STRANGE) {
            try {
                MetricBench judged = MetricBench.of(subject);
                List<Figure> figures = judged.measure(subject.chosen(), strange).figures();
                finite(figures);
                unless(
                        strange != MetricCase.NOT_FINITE || !judged.looked(),
                        "it looked at images or answers that are not finite, and '%s' is %s",
                        figures.get(0).name(),
                        figures.get(0).value());
            } catch (MetricFailedException e) {
                unless(!String.valueOf(e.getMessage()).isBlank(), "it fails without a reason for evidence %s", strange);
            } catch (BrokenRule e) {
                throw new BrokenRule("for evidence " + strange + " " + e.getMessage());
            } catch (RuntimeException | Error e) {
                throw new BrokenRule("for evidence " + strange + " it threw " + e);
            }
        }
    }

    private static void readsWhatItDeclares(Subject<Metric> subject) throws MetricFailedException {
        MetricBench judged = MetricBench.of(subject);
        judged.measure(subject.chosen(), MetricCase.MIXED);
        Set<Part> more = new TreeSet<>(judged.partsRead());
        more.removeAll(subject.chosen().requirements().data());
        unless(more.isEmpty(), "it read %s, which it does not declare", more);
    }

    private static void batchesAreNoLargerThanAsked(Subject<Metric> subject) {
        measured(subject, MetricCase.MIXED);
        CountedClassifier judge = subject.bench().target();
        judge.largestSince();
        measured(subject, MetricCase.MIXED_IN_SMALL_BATCHES);
        long largest = judge.largestSince();
        unless(
                largest <= CandidateRules.MOST * MetricBench.SMALL_BATCH,
                "it was to work in batches of %d and showed a model %d images at once",
                MetricBench.SMALL_BATCH,
                largest);
    }

    private static void callsAreNotCounted(Subject<Metric> subject) throws MetricFailedException {
        MetricBench judged = MetricBench.of(subject);
        PlannedComponent<Metric> chosen = subject.chosen();
        try (NDManager own = subject.bench().torch().manager().newSubManager()) {
            Metric metric = chosen.create(subject.bench().resources(chosen.plugin(), own));
            List<Figure> first = judged.measure(chosen, metric, MetricCase.MIXED, Course.whole(subject.bench()))
                    .figures();
            for (int call = 2; call <= Conformance.CALLS; call++) {
                List<Figure> figures = judged.measure(chosen, metric, MetricCase.MIXED, Course.whole(subject.bench()))
                        .figures();
                unless(figures.equals(first), "call %d has the figures %s, and the first %s", call, figures, first);
            }
        }
    }

    private static void checkpointsAreObeyed(Subject<Metric> subject) throws MetricFailedException {
        MetricBench judged = MetricBench.of(subject);
        Course usual = Course.whole(subject.bench());
        judged.measure(subject.chosen(), MetricCase.MIXED_IN_SMALL_BATCHES, usual);
        Checkpoints.frequent(usual.longestBetweenCheckpoints());
        Checkpoints.obeyed(
                usual,
                patience -> Checkpoints.Attempt.of(
                        Course.cancelledAfter(subject.bench(), patience),
                        course -> judged.measure(subject.chosen(), MetricCase.MIXED_IN_SMALL_BATCHES, course)));
    }

    private static void nothingIsLeftOpen(Subject<Metric> subject) throws Exception {
        MetricBench judged = MetricBench.of(subject);
        try (NDManager own = subject.bench().torch().manager().newSubManager()) {
            PlannedComponent<Metric> chosen = subject.chosen();
            Metric metric = chosen.create(subject.bench().resources(chosen.plugin(), own));
            Open.staysAfter(subject.bench(), own, () -> {
                Course course =
                        Course.whole(subject.bench(), own, subject.bench().manager());
                judged.measure(chosen, metric, MetricCase.MIXED_IN_SMALL_BATCHES, course);
                course.requireSteadyArrays();
            });
        }
    }
}
