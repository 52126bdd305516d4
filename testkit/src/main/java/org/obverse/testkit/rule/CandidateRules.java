package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.obverse.api.attack.Candidates;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.testkit.bench.CountedClassifier;

/** Rules for samplers, optimizers and selectors: what they find. */
final class CandidateRules {
    private static final double STEP_TOLERANCE = 1e-5;

    /** Views of one candidate that a stage may show the target at once. */
    static final int MOST = 4;

    private CandidateRules() {}

    /** Rules for every stage that returns candidates. */
    static <T> List<Rule<T>> rules() {
        return List.of(
                Rule.must(
                        "classes-and-counts-are-kept",
                        "Candidates of every requested class come back, in its order and as many as promised.",
                        "Requirements.candidates of a sampler; an optimizer returns as many as it was given",
                        CandidateRules::classesAndCountsAreKept),
                Rule.must(
                        "order-of-classes-is-irrelevant",
                        "The same classes in another order give the same candidates in that order.",
                        "streams keyed by row; Candidates.stream keys by class and rank. Or declare Requirements.coupled",
                        CandidateRules::orderOfClassesIsIrrelevant),
                Rule.must(
                        "batch-size-is-irrelevant",
                        "With another batch size draws are the same and values agree within 1e-5.",
                        "streams keyed by batch; losses averaged over the batch. Or declare Requirements.coupled",
                        CandidateRules::batchSizeIsIrrelevant),
                Rule.must(
                        "batches-are-no-larger-than-asked",
                        "Where the plan asks for batches of one, the target is shown no more than a few images at once.",
                        "StageContext.batch for every pass of the target: a plan sets it to what memory allows",
                        CandidateRules::batchesAreNoLargerThanAsked),
                Rule.must(
                        "calls-are-not-counted",
                        "Made once and called " + Conformance.CALLS
                                + " times, it finds the same each time, to the bit.",
                        "fields that a call changes; collections and counters that a component keeps",
                        CandidateRules::callsAreNotCounted),
                Rule.must(
                        "a-spent-budget-gives-a-result",
                        "When the budget of queries is spent, the stage has candidates of every class.",
                        "StageContext.onBudgetSpent before the first query; what it reads, which must outlive a step, and"
                                + " asks, which is refused; a catch around the oracle",
                        CandidateRules::aSpentBudgetGivesAResult),
                Rule.must(
                        "results-can-be-stored",
                        "The representation opens again from its variables and draws the same images.",
                        "Representation.variables and Representation.Opener",
                        CandidateRules::resultsCanBeStored));
    }

    /** More for stages that are given candidates. */
    static <T> List<Rule<T>> ofGivenCandidates() {
        return List.of(Rule.must(
                "input-stays-untouched",
                "The candidates that the stage is given are afterwards what they were.",
                "operators that work in place",
                subject -> unless(StageBench.usual(subject).untouched(), "the given candidates changed")));
    }

    /** More for the stage that searches. */
    static <T> List<Rule<T>> ofSearch() {
        return List.of(Rule.should(
                "search-pays",
                "On a target with a known optimum the search ends, on average, no further from it than it began.",
                "the sign of the gradient; the learning rate",
                CandidateRules::searchPays));
    }

    private static void classesAndCountsAreKept(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        Snapshot found = StageBench.usual(subject).result();
        List<Integer> order = new ArrayList<>();
        found.classes().stream()
                .filter(c -> order.isEmpty() || !order.get(order.size() - 1).equals(c))
                .forEach(order::add);
        unless(
                order.equals(bench.classes()),
                "requested were %s, and candidates of %s came back",
                bench.classes(),
                order);
        for (int wanted : bench.classes()) {
            int count = Collections.frequency(found.classes(), wanted);
            int given = bench.input().map(all -> all.of(wanted).length).orElse(0);
            switch (bench.stage()) {
                case SAMPLE ->
                    unless(
                            count == subject.chosen().requirements().candidates(),
                            "class %d has %d candidates, but Requirements.candidates promises %d",
                            wanted,
                            count,
                            subject.chosen().requirements().candidates());
                case OPTIMIZE -> unless(count == given, "class %d has %d candidates of %d", wanted, count, given);
                default -> unless(count > 0, "class %d has no candidate", wanted);
            }
        }
    }

    private static void orderOfClassesIsIrrelevant(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        independent(subject);
        Snapshot usual = StageBench.usual(subject).result();
        List<Integer> reversed = new ArrayList<>(bench.classes());
        Collections.reverse(reversed);
        Snapshot other =
                bench.run(subject.chosen(), StageConditions.usual(reversed)).result();
        near(usual.inOrder(reversed), other, "in reversed order");
        List<Integer> some = List.of(bench.classes().get(bench.classes().size() - 1));
        near(
                usual.inOrder(some),
                bench.run(subject.chosen(), StageConditions.usual(some)).result(),
                "asked alone");
    }

    private static void independent(Subject<?> subject) {
        if (!subject.chosen().requirements().coupling().isEmpty()) {
            throw new BesideThePoint(
                    "it declares: " + subject.chosen().requirements().coupling());
        }
    }

    private static void batchSizeIsIrrelevant(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        independent(subject);
        Snapshot usual = StageBench.usual(subject).result();
        for (int batch : new int[] {1, 3}) {
            StageConditions conditions = StageConditions.usual(bench.classes()).ofBatch(batch);
            near(usual, bench.run(subject.chosen(), conditions).result(), "in batches of " + batch);
        }
    }

    private static void batchesAreNoLargerThanAsked(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        StageBench.usual(subject);
        CountedClassifier target = subject.bench().target();
        target.largestSince();
        bench.run(subject.chosen(), StageConditions.usual(bench.classes()).ofBatch(1));
        long largest = target.largestSince();
        unless(largest <= MOST, "it was to work in batches of 1 and showed the target %d images at once", largest);
    }

    private static void callsAreNotCounted(Subject<?> subject) {
        StageBench.usual(subject);
        List<Snapshot> found = StageBench.of(subject).again(subject.chosen(), Conformance.CALLS);
        for (int call = 1; call < found.size(); call++) {
            unless(found.get(call).sameBytes(found.get(0)), "call %d finds something else than the first", call + 1);
        }
    }

    private static void near(Snapshot usual, Snapshot other, String how) {
        double difference = usual.difference(other);
        unless(difference < Double.POSITIVE_INFINITY, "%s other candidates come back", how);
        unless(difference <= STEP_TOLERANCE, "%s the candidates differ by %.2g", how, difference);
    }

    private static void aSpentBudgetGivesAResult(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        StageRun usual = StageBench.usual(subject);
        if (usual.counted() == 0) {
            throw new BesideThePoint("it asks the target nothing");
        }
        for (long budget : new HashSet<>(List.of(0L, usual.counted() / 2))) {
            StageRun run = bench.run(
                    subject.chosen(), StageConditions.usual(bench.classes()).ofBudget(budget));
            Optional<Snapshot> result = run.found();
            if (run.failure().isPresent()) {
                unless(
                        run.failure().get() instanceof BudgetSpentException,
                        "with a budget of %d queries it threw %s",
                        budget,
                        run.failure().get());
                result = run.left();
                unless(result.isPresent(), "with a budget of %d queries it left nothing to be asked", budget);
            }
            unless(
                    new HashSet<>(result.orElseThrow().classes())
                            .equals(new HashSet<>(run.trial().context().classes())),
                    "with a budget of %d queries it has candidates of %s only",
                    budget,
                    result.orElseThrow().classes());
        }
    }

    private static void resultsCanBeStored(Subject<?> subject) {
        StageBench.usual(subject);
        StageBench bench = StageBench.of(subject);
        Optional<Double> difference = bench.reopened(subject.chosen());
        unless(difference.isPresent(), "no stage of its recipe opens its representation; see Representation.Opener");
        unless(
                difference.orElseThrow() <= STEP_TOLERANCE,
                "images of the opened representation differ by %.2g",
                difference.orElseThrow());
    }

    private static void searchPays(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        StageBench.usual(subject);
        Candidates start = bench.input().orElseThrow();
        double before = bench.confidence(start);
        double after = bench.confidenceAfter(subject.chosen());
        double lastBits = STEP_TOLERANCE * Math.max(1, Math.abs(before));
        unless(after >= before - lastBits, "the mean log-confidence fell from %.4f to %.4f", before, after);
    }
}
