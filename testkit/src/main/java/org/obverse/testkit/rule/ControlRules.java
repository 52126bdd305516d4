package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.obverse.api.control.Control;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.engine.plan.PlannedComponent;

/** Rules for controls. */
final class ControlRules {
    private static final double TOLERANCE = 1e-5;

    private ControlRules() {}

    static List<Rule<Control>> rules() {
        return List.of(
                Rule.must(
                        "works-at-its-access",
                        "The control works with exactly the access, the data and the readings that it declares, and a plan that grants less is"
                                + " refused.",
                        "Requirements.access, data, generator and reads, and what ControlContext is asked for",
                        ControlRules::worksAtItsAccess),
                Rule.must(
                        "classes-and-counts-are-kept",
                        "Candidates of every requested class come back, in its order, and of none more than the attack delivered, if the control"
                                + " reads how many those are.",
                        "ControlContext.classes and ControlContext.delivered",
                        ControlRules::classesAndCountsAreKept),
                Rule.must(
                        "order-of-classes-is-irrelevant",
                        "The same classes in another order give the same candidates in that order.",
                        "streams keyed by row; Candidates.stream keys by class and rank",
                        ControlRules::orderOfClassesIsIrrelevant),
                Rule.must(
                        "batch-size-is-irrelevant",
                        "With another batch size draws are the same and values agree within 1e-5.",
                        "streams keyed by batch",
                        ControlRules::batchSizeIsIrrelevant),
                Rule.must(
                        "batches-are-no-larger-than-asked",
                        "Where the plan asks for batches of one, the target is shown no more than a few images at once.",
                        "StageContext.batch for every pass of the target: a plan sets it to what memory allows",
                        ControlRules::batchesAreNoLargerThanAsked),
                Rule.must(
                        "queries-are-counted",
                        "Every image that reaches the target is counted for the call that asked.",
                        "an oracle that is kept from one call to the next",
                        ControlRules::queriesAreCounted),
                Rule.must(
                        "keeps-to-the-attacks-budget",
                        "A control that reads how much the attack asked asks no more.",
                        "ControlContext.questions, which is for all classes together",
                        ControlRules::keepsToTheAttacksBudget),
                Rule.must(
                        "input-stays-untouched",
                        "The candidates that the attack delivered are afterwards what they were.",
                        "operators that work in place",
                        ControlRules::inputStaysUntouched),
                Rule.must(
                        "calls-are-not-counted",
                        "Made once and called " + Conformance.CALLS
                                + " times, it finds the same each time, to the bit.",
                        "fields that a call changes; collections and counters that a component keeps",
                        ControlRules::callsAreNotCounted),
                Rule.must(
                        "results-can-be-stored",
                        "The representation opens again from its variables and draws the same images.",
                        "Representation.variables and Representation.Opener",
                        ControlRules::resultsCanBeStored),
                Checkpoints.rule(
                        "The control passes a checkpoint in every batch and ends at once when it throws.",
                        "ControlContext.checkpoint before each batch; a catch that is too wide",
                        ControlRules::checkpointsAreObeyed),
                Open.rule(ControlRules::nothingIsLeftOpen));
    }

    static String seen(Subject<Control> subject, PlannedComponent<Control> chosen) {
        ControlBench bench = ControlBench.of(subject);
        ControlRun run = bench.run(chosen, ControlConditions.usual(bench.classes()));
        if (run.failure().orElse(null) instanceof InvalidConfigurationException refusal) {
            throw refusal;
        }
        if (run.failure().isPresent()) {
            throw new NotTried("the control does not run; see the rule works-at-its-access");
        }
        return run.seenOfIt();
    }

    private static ControlRun run(Subject<Control> subject, ControlConditions conditions) {
        return ControlBench.of(subject).run(subject.chosen(), conditions);
    }

    private static ControlConditions conditions(Subject<Control> subject) {
        return ControlConditions.usual(ControlBench.of(subject).classes());
    }

    private static ControlRun first(Subject<Control> subject) {
        return subject.once(ControlRun.class, () -> run(subject, conditions(subject)));
    }

    /** Called once under the usual conditions as its author wants it tried. */
    private static ControlRun usual(Subject<Control> subject) {
        ControlRun run = first(subject);
        if (run.failure().isPresent()) {
            throw new NotTried("the control does not run; see the rule works-at-its-access");
        }
        return run;
    }

    private static Set<Reading> reads(Subject<Control> subject) {
        return subject.chosen().requirements().reads();
    }

    private static void worksAtItsAccess(Subject<Control> subject) {
        ControlRun run = first(subject);
        if (run.failure().isPresent()) {
            throw new BrokenRule(
                    "with what it declares it threw " + run.failure().get());
        }
        Grants.ofControl(subject).check();
    }

    private static void classesAndCountsAreKept(Subject<Control> subject) {
        ControlBench bench = ControlBench.of(subject);
        Snapshot found = usual(subject).result();
        int[] counts = ControlBench.counts(found, bench.classes());
        boolean counted =
                reads(subject).contains(Reading.DELIVERED) || reads(subject).contains(Reading.CANDIDATES);
        for (int i = 0; i < counts.length; i++) {
            int wanted = bench.classes().get(i);
            unless(counts[i] > 0, "class %d has no candidate", wanted);
            unless(
                    !counted || counts[i] <= bench.delivered(wanted),
                    "class %d has %d candidates, and the attack delivered %d",
                    wanted,
                    counts[i],
                    bench.delivered(wanted));
        }
        unless(
                ControlBench.isInOrder(found, bench.classes()),
                "requested were %s, and candidates of %s came back",
                bench.classes(),
                found.classes());
    }

    private static void orderOfClassesIsIrrelevant(Subject<Control> subject) {
        Snapshot usual = usual(subject).result();
        List<Integer> reversed = new ArrayList<>(ControlBench.of(subject).classes());
        Collections.reverse(reversed);
        near(
                usual.inOrder(reversed),
                run(subject, ControlConditions.usual(reversed)).result(),
                "in reversed order");
    }

    private static void batchSizeIsIrrelevant(Subject<Control> subject) {
        Snapshot usual = usual(subject).result();
        for (int batch : new int[] {1, 3}) {
            near(usual, run(subject, conditions(subject).ofBatch(batch)).result(), "in batches of " + batch);
        }
    }

    private static void near(Snapshot usual, Snapshot other, String how) {
        double difference = usual.difference(other);
        unless(difference < Double.POSITIVE_INFINITY, "%s other candidates come back", how);
        unless(difference <= TOLERANCE, "%s the candidates differ by %.2g", how, difference);
    }

    private static void batchesAreNoLargerThanAsked(Subject<Control> subject) {
        usual(subject);
        long largest = run(subject, conditions(subject).ofBatch(1)).largest();
        unless(
                largest <= CandidateRules.MOST,
                "it was to work in batches of 1 and showed the target %d images at once",
                largest);
    }

    private static void queriesAreCounted(Subject<Control> subject) {
        ControlRun usual = usual(subject);
        if (usual.seen() == 0 && subject.chosen().requirements().access() == Access.NONE) {
            throw new BesideThePoint("it never asks the target");
        }
        ControlRun again = run(subject, conditions(subject));
        unless(
                again.seen() == again.counted(),
                "the target saw %d images, but %d were counted",
                again.seen(),
                again.counted());
    }

    private static void keepsToTheAttacksBudget(Subject<Control> subject) {
        if (!reads(subject).contains(Reading.QUERIES)) {
            throw new BesideThePoint("it does not read what the attack asked");
        }
        long most = (long) ControlBench.QUESTIONS
                * ControlBench.of(subject).classes().size();
        long asked = usual(subject).counted();
        unless(asked <= most, "the attack asked the target about %d images, and the control about %d", most, asked);
    }

    private static void inputStaysUntouched(Subject<Control> subject) {
        if (!reads(subject).contains(Reading.CANDIDATES)) {
            throw new BesideThePoint("it is not given the attack's candidates");
        }
        unless(usual(subject).untouched(), "the attack's candidates changed");
    }

    private static void callsAreNotCounted(Subject<Control> subject) {
        usual(subject);
        List<Snapshot> found = ControlBench.of(subject).again(subject.chosen(), Conformance.CALLS);
        for (int call = 1; call < found.size(); call++) {
            unless(found.get(call).sameBytes(found.get(0)), "call %d finds something else than the first", call + 1);
        }
    }

    private static void resultsCanBeStored(Subject<Control> subject) {
        ControlRun usual = usual(subject);
        unless(
                usual.reopened().isPresent(),
                "nobody opens its representation; a control that makes its own implements Representation.Opener");
        unless(
                usual.reopened().orElseThrow() <= TOLERANCE,
                "images of the opened representation differ by %.2g",
                usual.reopened().orElseThrow());
    }

    private static void checkpointsAreObeyed(Subject<Control> subject) {
        ControlRun usual = usual(subject);
        if (usual.course().checkpoints() == 0 && usual.course().steps() == 0 && usual.seen() == 0) {
            throw new BesideThePoint("it takes no step");
        }
        ControlConditions small = conditions(subject).ofBatch(2);
        Course course = run(subject, small).course();
        Checkpoints.frequent(course.longestBetweenCheckpoints());
        Checkpoints.obeyed(course, patience -> {
            ControlRun cancelled = run(subject, small.cancelledAfter(patience));
            return new Checkpoints.Attempt(cancelled.course(), cancelled.failure());
        });
    }

    private static void nothingIsLeftOpen(Subject<Control> subject) {
        usual(subject);
        ControlRun run = run(subject, conditions(subject).ofBatch(1));
        run.after().requireNoMoreThan(run.before());
        run.course().requireSteadyArrays();
    }
}
