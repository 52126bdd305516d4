package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;
import static org.obverse.testkit.rule.PlaceTrial.SOON_SECONDS;
import static org.obverse.testkit.rule.PlaceTrial.WORK_SECONDS;
import static org.obverse.testkit.rule.PlaceWorker.DIE;
import static org.obverse.testkit.rule.PlaceWorker.MAKE;
import static org.obverse.testkit.rule.PlaceWorker.SLOW;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Place;

/** Rules for places. */
final class PlaceRules {
    /** Units that a place is given at once, as far as it claims them. */
    private static final int AT_ONCE = 3;

    private PlaceRules() {}

    static List<Rule<Place>> rules() {
        return List.of(
                rule(
                        "claims-once",
                        "An idle place claims an offer, once, during consider, with itself.",
                        "Place.consider; that it is idle again before it answers",
                        PlaceRules::claimsOnce),
                rule(
                        "answers-once",
                        "Each order that it claimed gets exactly one answer, which names its unit.",
                        "Place.perform: ways out without an answer, and those that meet",
                        PlaceRules::answersOnce),
                rule(
                        "publishes-whole-artifacts",
                        "When it answers Made, the artifact is in the store, whole, under the order's digest.",
                        "Answer.Made: hand on what PlaceContext.perform or a worker answered, when it did",
                        PlaceRules::publishesWholeArtifacts),
                rule(
                        "obeys-cancellation",
                        "An order that is worked on when the run is cancelled is answered soon.",
                        "Place.cancel: PlaceContext.cancellation to each worker; what waits for its turn",
                        PlaceRules::obeysCancellation),
                rule(
                        "loses-nothing-when-killed",
                        "An order whose worker dies is answered Lost, and the place performs the next order.",
                        "the end of a worker's output; a new worker for the next order",
                        PlaceRules::losesNothingWhenKilled),
                Rule.must(
                        "returns-at-once",
                        "open, consider, perform, forget and cancel do not wait for the work.",
                        "work belongs on a thread of PlaceContext.threads or in a worker; locks that it holds",
                        subject -> PlaceTrial.with(subject, PlaceRules::returnsAtOnce)),
                rule(
                        "leaves-nothing",
                        "When close returns, no thread and no process is left that the place began.",
                        "Place.close: pools, timers, readers of a worker's output, workers",
                        PlaceRules::leavesNothing));
    }

    private static Rule<Place> rule(String id, String sentence, String lookAt, PlaceTrial.Look look) {
        return Rule.must(
                id,
                sentence,
                lookAt,
                subject -> PlaceTrial.with(subject, trial -> {
                    trial.open();
                    look.at(trial);
                }));
    }

    private static void claimsOnce(PlaceTrial trial) {
        PlaceOffer first = trial.offer(MAKE);
        claimsOnce(trial, first, "that did nothing yet");
        trial.order(first).first();
        claimsOnce(trial, trial.offer(MAKE), "whose order was answered");
        trial.closes();
        unless(first.late() == 0, "it claims an offer after consider returned");
    }

    private static void claimsOnce(PlaceTrial trial, PlaceOffer offer, String state) {
        int claims = offer.claims().size();
        unless(claims > 0, "a place %s does not claim an offer while it considers it", state);
        unless(claims == 1, "a place %s claims an offer %d times", state, claims);
        unless(offer.claims().get(0) == trial.place(), "it claims an offer for another place");
    }

    private static void answersOnce(PlaceTrial trial) {
        List<PlaceAnswers> given = new ArrayList<>(List.of(trial.order(MAKE)));
        given.get(0).within(WORK_SECONDS);
        for (int i = 0; i < AT_ONCE; i++) {
            PlaceOffer offer = trial.offer(MAKE);
            if (offer.isClaimed()) {
                given.add(trial.order(offer));
            }
        }
        for (PlaceAnswers answers : given) {
            unless(
                    answers.within(WORK_SECONDS).isPresent(),
                    "order %d of %d has no answer after %d s",
                    given.indexOf(answers) + 1,
                    given.size(),
                    WORK_SECONDS);
        }
        trial.closes();
        for (PlaceAnswers answers : given) {
            unless(
                    answers.all().size() == 1,
                    "an order got %d answers",
                    answers.all().size());
            unless(
                    answers.all().get(0).unit().equals(answers.order().unit()),
                    "the answer to %s speaks of %s",
                    answers.order().unit(),
                    answers.all().get(0).unit());
        }
    }

    private static void publishesWholeArtifacts(PlaceTrial trial) {
        PlaceAnswers answers = trial.order(MAKE);
        Answer answer = answers.first();
        unless(answer instanceof Answer.Made, "a unit that makes an artifact is answered %s", answer);
        unless(answers.amiss().isEmpty(), "%s", String.join("; ", answers.amiss()));
    }

    private static void obeysCancellation(PlaceTrial trial) {
        PlaceAnswers answers = trial.order(SLOW);
        trial.bench().awaitBegun(WORK_SECONDS);
        trial.cancel();
        unless(
                answers.within(SOON_SECONDS).isPresent(),
                "%d s after the run was cancelled, a unit that waits for that has no answer",
                SOON_SECONDS);
    }

    private static void losesNothingWhenKilled(PlaceTrial trial) {
        PlaceAnswers answers = trial.order(DIE);
        Optional<Answer> answer = answers.within(WORK_SECONDS);
        if (!trial.bench().killed(answers.order())) {
            answers.first();
            throw new BesideThePoint("it starts no worker that could die");
        }
        unless(answer.isPresent(), "%d s after its worker died, an order has no answer", WORK_SECONDS);
        unless(answer.get() instanceof Answer.Lost, "an order whose worker died is answered %s", answer.get());
        PlaceOffer next = trial.offer(MAKE);
        unless(next.isClaimed(), "after its worker died, it claims no offer");
        Answer later = trial.order(next).first();
        unless(later instanceof Answer.Made, "after its worker died, the next order is answered %s", later);
    }

    private static void returnsAtOnce(PlaceTrial trial) {
        Place place = trial.place();
        PlaceOffer declined = trial.unconsidered(MAKE);
        returns(trial, "open", () -> place.open(trial.bench()));
        returns(trial, "consider", () -> place.consider(declined));
        PlaceAnswers made = trial.order(MAKE);
        made.first();
        trial.order(SLOW);
        trial.bench().awaitBegun(WORK_SECONDS);
        returns(trial, "perform", () -> {});
        returns(trial, "consider", () -> place.consider(declined));
        returns(trial, "forget", () -> place.forget(made.order().unit()));
        returns(trial, "cancel", place::cancel);
    }

    /**
     * @param call of the method; nothing if it was called before
     */
    private static void returns(PlaceTrial trial, String method, Runnable call) {
        unless(trial.returns(call), "%s has not returned after %d s", method, SOON_SECONDS);
    }

    private static void leavesNothing(PlaceTrial trial) {
        trial.order(MAKE).first();
        unless(trial.closes(), "close has not returned after %d s", WORK_SECONDS);
        List<String> left = trial.left();
        unless(left.isEmpty(), "after close there is still %s", String.join(", ", left));
    }
}
