package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.obverse.api.attack.Candidates;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Requirements;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.testkit.bench.Bench;

/** Rules for preparers, samplers, optimizers and selectors. */
final class StageRules {
    private static final double STEP_TOLERANCE = 1e-5;

    private StageRules() {}

    static <T> List<Rule<T>> rules() {
        List<Rule<T>> rules = new ArrayList<>(preparersToo());
        rules.addAll(ofCandidates());
        return rules;
    }

    /** Rules for every stage. */
    static <T> List<Rule<T>> preparersToo() {
        return List.of(
                Rule.must(
                        "works-at-its-access",
                        "The stage works with exactly the access to the target that it declares.",
                        "Requirements.access, and the type that StageContext.target is asked for",
                        StageRules::worksAtItsAccess),
                Rule.must(
                        "queries-are-counted",
                        "Every image that reaches the target is counted for the call that asked.",
                        "an oracle that is kept from one call to the next",
                        StageRules::queriesAreCounted),
                Rule.must(
                        "checkpoints-are-obeyed",
                        "The stage passes a checkpoint in every step and ends at once when it throws.",
                        "StageContext.checkpoint in the innermost loop; a catch that is too wide",
                        StageRules::checkpointsAreObeyed),
                Rule.must(
                        "nothing-is-left-open",
                        "No array, recording or thread outlives a step or the call.",
                        "an NDScope per step; arrays made from long-lived ones; a recording without a close",
                        StageRules::nothingIsLeftOpen));
    }

    private static <T> List<Rule<T>> ofCandidates() {
        return List.of(
                Rule.must(
                        "classes-and-counts-are-kept",
                        "Candidates of every requested class come back, in its order and as many as promised.",
                        "Requirements.candidates of a sampler; an optimizer returns as many as it was given",
                        StageRules::classesAndCountsAreKept),
                Rule.must(
                        "order-of-classes-is-irrelevant",
                        "The same classes in another order give the same candidates in that order.",
                        "streams keyed by row; Candidates.stream keys by class and rank. Or declare Requirements.coupled",
                        StageRules::orderOfClassesIsIrrelevant),
                Rule.must(
                        "batch-size-is-irrelevant",
                        "With another batch size draws are the same and values agree within 1e-5.",
                        "streams keyed by batch; losses averaged over the batch. Or declare Requirements.coupled",
                        StageRules::batchSizeIsIrrelevant),
                Rule.must(
                        "a-spent-budget-gives-a-result",
                        "When the budget of queries is spent, candidates of every class have been emitted.",
                        "StageContext.emit before the first query; a catch around the oracle",
                        StageRules::aSpentBudgetGivesAResult),
                Rule.must(
                        "results-can-be-stored",
                        "The representation opens again from its variables and draws the same images.",
                        "Representation.variables and Representation.Opener",
                        StageRules::resultsCanBeStored));
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
                "On a target with a known optimum the search ends closer to it, on average, than it began.",
                "the sign of the gradient; the learning rate",
                StageRules::searchPays));
    }

    private static void worksAtItsAccess(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        StageRun run =
                subject.once(StageRun.class, () -> bench.run(subject.chosen(), StageConditions.usual(bench.classes())));
        if (run.failure().isPresent()) {
            throw new BrokenRule("with " + needs(subject).access().label() + " access it threw "
                    + run.failure().get());
        }
    }

    private static Requirements needs(Subject<?> subject) {
        return subject.chosen().requirements();
    }

    private static void queriesAreCounted(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        asksTheTarget(subject, StageBench.usual(subject));
        StageRun again = bench.run(subject.chosen(), StageConditions.usual(bench.classes()));
        unless(
                again.seen() == again.counted(),
                "the target saw %d images, but %d were counted",
                again.seen(),
                again.counted());
    }

    private static void asksTheTarget(Subject<?> subject, StageRun run) {
        if (run.seen() == 0 && needs(subject).access() == Access.NONE) {
            throw new BesideThePoint("it never asks the target");
        }
    }

    private static void checkpointsAreObeyed(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        StageRun usual = StageBench.usual(subject);
        int checkpoints = usual.context().checkpoints();
        int steps = usual.context().steps();
        if (checkpoints == 0 && steps == 0 && usual.seen() == 0) {
            throw new BesideThePoint("it takes no step");
        }
        unless(checkpoints > 0, "it never passes a checkpoint in %d steps and %d queries", steps, usual.seen());
        unless(
                usual.context().mostStepsWithoutCheckpoint() <= 1,
                "it takes %d steps without a checkpoint",
                usual.context().mostStepsWithoutCheckpoint());
        for (int patience : new int[] {0, checkpoints / 2, checkpoints - 1}) {
            StageRun cancelled = bench.run(
                    subject.chosen(), StageConditions.usual(bench.classes()).cancelledAfter(patience));
            Optional<Throwable> thrown = cancelled.failure();
            unless(
                    thrown.isPresent() && thrown.get() instanceof StageTrial.Cancelled,
                    "cancelled at checkpoint %d of %d it went on, or threw something else: %s",
                    patience + 1,
                    checkpoints,
                    thrown);
            unless(
                    cancelled.context().stepsAfterCancelling() == 0,
                    "cancelled at checkpoint %d it took %d more steps",
                    patience + 1,
                    cancelled.context().stepsAfterCancelling());
        }
    }

    private static void nothingIsLeftOpen(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        StageBench.usual(subject);
        long threads = Thread.getAllStackTraces().size();
        StageRun run = bench.run(subject.chosen(), StageConditions.usual(bench.classes()));
        unless(run.left() == 0, "%d arrays are still attached to the component's manager", run.left());
        unless(
                Thread.getAllStackTraces().size() <= threads,
                "there are %d threads more than before",
                Thread.getAllStackTraces().size() - threads);
        unless(!isRecording(subject.bench()), "a recording is still open");
        List<Integer> arrays = run.context().arrays();
        int half = arrays.size() / 2;
        if (half >= 2) {
            int early = Collections.min(arrays.subList(0, half));
            int late = Collections.min(arrays.subList(half, arrays.size()));
            unless(
                    late - early < half,
                    "at least %d arrays were open in the first %d steps, and at least %d in the others",
                    early,
                    half,
                    late);
        }
    }

    private static boolean isRecording(Bench bench) {
        NDArray variable = bench.torch().gradients().variable(bench.manager().create(1f));
        try {
            bench.torch().gradients().of(variable.mul(2), new NDList(variable));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
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
                            count == needs(subject).candidates(),
                            "class %d has %d candidates, but Requirements.candidates promises %d",
                            wanted,
                            count,
                            needs(subject).candidates());
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
        if (!needs(subject).coupling().isEmpty()) {
            throw new BesideThePoint("it declares: " + needs(subject).coupling());
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
                result = run.context().emitted();
                unless(result.isPresent(), "with a budget of %d queries it has emitted nothing", budget);
            }
            unless(
                    new HashSet<>(result.orElseThrow().classes())
                            .equals(new HashSet<>(run.context().classes())),
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
        unless(after >= before, "the mean log-confidence fell from %.4f to %.4f", before, after);
    }
}
