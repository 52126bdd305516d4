package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import java.util.List;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Requirements;
import org.obverse.testkit.rule.AttackerRules.Answers;

/** Rules for preparers, samplers, optimizers and selectors: how they work. What the last three find has rules of its own. */
final class StageRules {
    private StageRules() {}

    static <T> List<Rule<T>> rules() {
        return List.of(
                Rule.must(
                        "works-at-its-access",
                        "The stage works with exactly the access to the target that it declares, and a plan that grants less is"
                                + " refused.",
                        "Requirements.access, the same at every call, and the type that StageContext.target is asked for",
                        StageRules::worksAtItsAccess),
                Rule.must(
                        "queries-are-counted",
                        "Every image that reaches the target is counted for the call that asked.",
                        "an oracle that is kept from one call to the next",
                        StageRules::queriesAreCounted),
                AttackerRules.rule(StageRules::seesOnlyFilteredAnswers),
                Checkpoints.rule(
                        "The stage passes a checkpoint in every step and ends at once when it throws.",
                        "StageContext.checkpoint in the innermost loop; a catch that is too wide",
                        StageRules::checkpointsAreObeyed),
                Open.rule(StageRules::nothingIsLeftOpen));
    }

    private static void worksAtItsAccess(Subject<?> subject) {
        AttackerRules.requireNothingPrivate(subject);
        StageBench bench = StageBench.of(subject);
        StageRun run =
                subject.once(StageRun.class, () -> bench.run(subject.chosen(), StageConditions.usual(bench.classes())));
        if (run.failure().isPresent()) {
            throw new BrokenRule("with " + needs(subject).access().label() + " access it threw "
                    + run.failure().get());
        }
        Grants.of(subject, bench.stage()).check();
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

    private static void seesOnlyFilteredAnswers(Subject<?> subject) {
        AttackerRules.declaresNothingPrivate(subject);
        long budget = StageBench.usual(subject).counted();
        AttackerRules.sameBehindTheFilter(
                subject,
                () -> behindTheFilter(subject, budget, Answers.SILENT),
                () -> behindTheFilter(subject, budget, Answers.SILENT_OF_ANOTHER));
    }

    /** Where nothing is ever learnt, a search may have no end of its own. */
    private static String behindTheFilter(Subject<?> subject, long budget, Answers answers) {
        StageBench bench = StageBench.of(subject);
        StageRun run = bench.run(
                subject.chosen(),
                StageConditions.usual(bench.classes()).ofBudget(budget).answeredBy(answers));
        return run.seenOfIt();
    }

    private static void checkpointsAreObeyed(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        StageRun usual = StageBench.usual(subject);
        Course course = usual.trial().course();
        if (course.checkpoints() == 0 && course.steps() == 0 && usual.seen() == 0) {
            throw new BesideThePoint("it takes no step");
        }
        Checkpoints.frequent(bench.run(
                        subject.chosen(), StageConditions.usual(bench.classes()).ofBatch(2))
                .seconds());
        Checkpoints.obeyed(course, patience -> {
            StageRun cancelled = bench.run(
                    subject.chosen(), StageConditions.usual(bench.classes()).cancelledAfter(patience));
            return new Checkpoints.Attempt(cancelled.trial().course(), cancelled.failure());
        });
    }

    private static void nothingIsLeftOpen(Subject<?> subject) {
        StageBench bench = StageBench.of(subject);
        StageBench.usual(subject);
        StageRun run = bench.run(subject.chosen(), StageConditions.usual(bench.classes()));
        run.after().requireNoMoreThan(run.before());
        run.trial().course().requireSteadyArrays();
    }
}
