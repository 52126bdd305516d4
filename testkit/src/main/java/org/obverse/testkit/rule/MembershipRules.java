package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.testkit.rule.MembershipConditions.Case;

/** Rules for membership attacks. */
final class MembershipRules {
    private static final double TOLERANCE = 1e-5;
    /** Of 16 members and 16 others, chance reaches this once in 100 times. */
    private static final double BETTER_THAN_CHANCE = 0.75;

    private static final int SMALL_BATCH = 3;

    private MembershipRules() {}

    static List<Rule<MembershipAttack>> rules() {
        return List.of(
                Rule.must(
                        "works-at-its-access",
                        "The attack works with exactly the access and the readings that it declares, and a plan that grants less"
                                + " is refused.",
                        "Requirements.access and Requirements.reads, and the type that MembershipContext.target and"
                                + " ReferenceModel.oracle are asked for",
                        MembershipRules::worksAtItsAccess),
                Rule.must(
                        "scores-are-finite",
                        "Every sample has a score, and scores and threshold are finite.",
                        "logarithms of 0, and divisions by a spread that may be 0; where no score exists it throws"
                                + " InvalidConfigurationException",
                        MembershipRules::scoresAreFinite),
                Rule.must(
                        "tells-members-from-others",
                        "Of a target that is sure of its members and of nobody else, members score higher.",
                        "signs: larger for who is more of a member; which samples a reference model was trained on",
                        MembershipRules::tellsMembersFromOthers),
                AttackerRules.rule(MembershipRules::seesOnlyFilteredAnswers),
                Rule.must(
                        "queries-are-counted",
                        "Every image that reaches the target is counted for the call that asked.",
                        "an oracle that is kept from one call to the next",
                        MembershipRules::queriesAreCounted),
                Rule.must(
                        "order-of-samples-is-irrelevant",
                        "The same samples in the other order, and in other batches, have the same scores within 1e-5.",
                        "ties that are broken by place; means over a batch; streams keyed by place or batch. Or declare"
                                + " Requirements.coupled",
                        MembershipRules::orderOfSamplesIsIrrelevant),
                Rule.must(
                        "batches-are-no-larger-than-asked",
                        "Where batches of three are asked for, no model is shown many more images at once.",
                        "MembershipContext.batch for every pass of target and reference models: a plan sets it to what memory"
                                + " allows",
                        MembershipRules::batchesAreNoLargerThanAsked),
                Rule.must(
                        "calls-are-not-counted",
                        "Made once and called " + Conformance.CALLS + " times, it says the same each time, to the bit.",
                        "fields that a call changes; collections and counters that a component keeps",
                        MembershipRules::callsAreNotCounted),
                Checkpoints.rule(
                        "The attack passes a checkpoint in every batch and ends at once when it throws.",
                        "MembershipContext.checkpoint before each batch; a catch that is too wide",
                        MembershipRules::checkpointsAreObeyed),
                Open.rule(MembershipRules::nothingIsLeftOpen));
    }

    static String seen(Subject<MembershipAttack> subject, PlannedComponent<MembershipAttack> chosen) {
        MembershipRun run = MembershipBench.of(subject).run(chosen, MembershipConditions.usual());
        if (run.failure().orElse(null) instanceof InvalidConfigurationException refusal) {
            throw refusal;
        }
        if (run.failure().isPresent()) {
            throw new NotTried("the attack does not run; see the rule works-at-its-access");
        }
        return MembershipBench.seen(run);
    }

    private static MembershipRun run(Subject<MembershipAttack> subject, MembershipConditions conditions) {
        return MembershipBench.of(subject).run(subject.chosen(), conditions);
    }

    /** Called once under the usual conditions as its author wants it tried. */
    private static MembershipRun usual(Subject<MembershipAttack> subject) {
        MembershipRun run = subject.once(MembershipRun.class, () -> run(subject, MembershipConditions.usual()));
        if (run.failure().isPresent()) {
            throw new NotTried("the attack does not run; see the rule works-at-its-access");
        }
        return run;
    }

    private static void worksAtItsAccess(Subject<MembershipAttack> subject) {
        AttackerRules.requireNothingPrivate(subject);
        MembershipRun run = subject.once(MembershipRun.class, () -> run(subject, MembershipConditions.usual()));
        if (run.failure().isPresent()) {
            throw new BrokenRule("with "
                    + subject.chosen().requirements().access().label() + " access it threw "
                    + run.failure().get());
        }
        Grants.ofMembership(subject).check();
    }

    private static void scoresAreFinite(Subject<MembershipAttack> subject) {
        MembershipScores said = usual(subject).result();
        int samples = MembershipBench.of(subject).samples();
        unless(
                said.scores().size() == samples,
                "there are %d scores of %d samples",
                said.scores().size(),
                samples);
        said.scores().forEach(score -> unless(Double.isFinite(score), "a score is %s", score));
        said.threshold().ifPresent(threshold -> unless(Double.isFinite(threshold), "the threshold is %s", threshold));
    }

    private static List<Double> scores(Subject<MembershipAttack> subject) {
        List<Double> scores = usual(subject).result().scores();
        if (scores.size() != MembershipBench.of(subject).samples()) {
            throw new NotTried("samples lack a score; see the rule scores-are-finite");
        }
        return scores;
    }

    private static void tellsMembersFromOthers(Subject<MembershipAttack> subject) {
        MembershipBench bench = MembershipBench.of(subject);
        List<Double> scores = scores(subject);
        double wins = 0;
        int pairs = 0;
        for (int member = 0; member < scores.size(); member++) {
            for (int other = 0; other < scores.size(); other++) {
                if (bench.isMember(member) && !bench.isMember(other)) {
                    wins += (1 + Math.signum(scores.get(member) - scores.get(other))) / 2;
                    pairs++;
                }
            }
        }
        unless(
                wins >= BETTER_THAN_CHANCE * pairs,
                "a member scores higher than another sample in only %.2f of all pairs",
                wins / pairs);
    }

    private static void seesOnlyFilteredAnswers(Subject<MembershipAttack> subject) {
        AttackerRules.declaresNothingPrivate(subject);
        usual(subject);
        AttackerRules.sameBehindTheFilter(
                subject,
                () -> behindTheFilter(subject, Case.SILENT),
                () -> behindTheFilter(subject, Case.SILENT_OTHERWISE));
    }

    private static String behindTheFilter(Subject<MembershipAttack> subject, Case shown) {
        MembershipRun run = run(subject, MembershipConditions.of(shown));
        return run.failure().map(String::valueOf).orElseGet(() -> MembershipBench.seen(run));
    }

    private static void queriesAreCounted(Subject<MembershipAttack> subject) {
        MembershipRun first = usual(subject);
        if (first.seen() == 0 && subject.chosen().requirements().access() == Access.NONE) {
            throw new BesideThePoint("it never asks the target");
        }
        MembershipRun again = run(subject, MembershipConditions.usual());
        unless(
                again.seen() == again.counted(),
                "the target saw %d images, but %d were counted",
                again.seen(),
                again.counted());
    }

    private static void orderOfSamplesIsIrrelevant(Subject<MembershipAttack> subject) {
        String coupling = subject.chosen().requirements().coupling();
        if (!coupling.isEmpty()) {
            throw new BesideThePoint("it declares: " + coupling);
        }
        List<Double> usual = scores(subject);
        List<Double> reversed = new ArrayList<>(
                run(subject, MembershipConditions.of(Case.REVERSED)).result().scores());
        Collections.reverse(reversed);
        near(usual, reversed, "in the other order");
        for (int batch : new int[] {1, SMALL_BATCH}) {
            MembershipRun other = run(subject, MembershipConditions.usual().ofBatch(batch));
            near(usual, other.result().scores(), "in batches of " + batch);
        }
    }

    private static void near(List<Double> usual, List<Double> others, String how) {
        unless(usual.size() == others.size(), "%s there are %d scores of %d samples", how, others.size(), usual.size());
        for (int i = 0; i < usual.size(); i++) {
            double gap = Math.abs(usual.get(i) - others.get(i));
            unless(
                    usual.get(i).equals(others.get(i)) || gap <= TOLERANCE * Math.max(1, Math.abs(usual.get(i))),
                    "%s the score of a sample is %s, and usually %s",
                    how,
                    others.get(i),
                    usual.get(i));
        }
    }

    private static void batchesAreNoLargerThanAsked(Subject<MembershipAttack> subject) {
        usual(subject);
        long largest =
                run(subject, MembershipConditions.usual().ofBatch(SMALL_BATCH)).largest();
        unless(
                largest <= CandidateRules.MOST * SMALL_BATCH,
                "it was to work in batches of %d and showed a model %d images at once",
                SMALL_BATCH,
                largest);
    }

    private static void callsAreNotCounted(Subject<MembershipAttack> subject) {
        usual(subject);
        List<MembershipScores> said = MembershipBench.of(subject).again(subject.chosen(), Conformance.CALLS);
        for (int call = 1; call < said.size(); call++) {
            unless(said.get(call).equals(said.get(0)), "call %d says something else than the first", call + 1);
        }
    }

    private static void checkpointsAreObeyed(Subject<MembershipAttack> subject) {
        usual(subject);
        MembershipConditions small = MembershipConditions.usual().ofBatch(SMALL_BATCH);
        Course course = run(subject, small).course();
        Checkpoints.frequent(course.longestBetweenCheckpoints());
        Checkpoints.obeyed(course, patience -> {
            MembershipRun cancelled = run(subject, small.cancelledAfter(patience));
            return new Checkpoints.Attempt(cancelled.course(), cancelled.failure());
        });
    }

    private static void nothingIsLeftOpen(Subject<MembershipAttack> subject) {
        usual(subject);
        MembershipRun run = run(subject, MembershipConditions.usual().ofBatch(SMALL_BATCH));
        run.after().requireNoMoreThan(run.before());
        run.course().requireSteadyArrays();
    }
}
