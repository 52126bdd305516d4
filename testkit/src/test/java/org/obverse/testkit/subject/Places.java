package org.obverse.testkit.subject;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.api.place.PlaceContext;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;

/** A place with one fault, around one that has none. */
final class Places implements Place {
    private final Fault fault;
    private final Place inner;
    private Optional<Offer> considered = Optional.empty();
    private int orders;
    private volatile boolean lost;
    private volatile CountDownLatch answered = new CountDownLatch(0);

    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        NONE_WITH_A_WORKER("honest-with-a-worker"),
        CLAIMS_TWICE("claims-once"),
        CLAIMS_FOR_ANOTHER("claims-once-2"),
        CLAIMS_LATER("claims-once-3"),
        ANSWERS_TWICE("answers-once"),
        ANSWERS_THE_FIRST_ORDER_ONLY("answers-once-2"),
        ANSWERS_WITHOUT_WORK("publishes-whole-artifacts"),
        ANSWERS_WITH_ANOTHER_DIGEST("publishes-whole-artifacts-2"),
        HIDES_WHAT_WAS_CANCELLED("obeys-cancellation"),
        TELLS_ITS_WORKER_NOTHING("obeys-cancellation-2"),
        HIDES_A_LOSS("loses-nothing-when-killed"),
        TAKES_A_LOSS_FOR_A_FAILURE("loses-nothing-when-killed-2"),
        GIVES_UP_AFTER_A_LOSS("loses-nothing-when-killed-3"),
        PERFORMS_ITSELF("returns-at-once"),
        WAITS_IN_CONSIDER("returns-at-once-2"),
        WAITS_IN_FORGET("returns-at-once-3"),
        WAITS_IN_CANCEL("returns-at-once-4"),
        LEAVES_A_THREAD("leaves-nothing"),
        LEAVES_A_PROCESS("leaves-nothing-2");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }

        private Place place() {
            return switch (this) {
                case NONE -> new OneThread();
                case NONE_WITH_A_WORKER -> new OneProcess();
                case TELLS_ITS_WORKER_NOTHING,
                        HIDES_A_LOSS,
                        TAKES_A_LOSS_FOR_A_FAILURE,
                        GIVES_UP_AFTER_A_LOSS,
                        LEAVES_A_PROCESS -> new Places(this, new OneProcess());
                default -> new Places(this, new OneThread());
            };
        }
    }

    private Places(Fault fault, Place inner) {
        this.fault = fault;
        this.inner = inner;
    }

    static Subjects<Fault, Place> subjects() {
        return new Subjects<>(
                Kind.PLACE,
                List.of(Fault.values()),
                fault -> Requirements.none(),
                (fault, weight, resources) -> fault.place());
    }

    @Override
    public void open(PlaceContext context) {
        inner.open(context);
    }

    /** Claims for this place what the inner one claims. */
    private record Relayed(Offer offer, Place outer, Fault fault) implements Offer {
        @Override
        public UnitName unit() {
            return offer.unit();
        }

        @Override
        public String component() {
            return offer.component();
        }

        @Override
        public void claim(Place claimant) {
            offer.claim(fault == Fault.CLAIMS_FOR_ANOTHER ? claimant : outer);
            if (fault == Fault.CLAIMS_TWICE) {
                offer.claim(outer);
            }
        }
    }

    @Override
    public void consider(Offer offer) {
        if (fault == Fault.WAITS_IN_CONSIDER) {
            await();
        }
        considered = Optional.of(offer);
        if (!(lost && fault == Fault.GIVES_UP_AFTER_A_LOSS)) {
            inner.consider(new Relayed(offer, this, fault));
        }
    }

    private void await() {
        try {
            answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
        orders++;
        answered = new CountDownLatch(1);
        if (fault == Fault.CLAIMS_LATER) {
            considered.ifPresent(offer -> offer.claim(this));
        }
        if (fault == Fault.ANSWERS_WITHOUT_WORK) {
            answers.accept(new Answer.Made(order.unit(), order.digest(), "0".repeat(64), Summary.NONE));
            return;
        }
        int number = orders;
        inner.perform(
                order,
                answer -> {
                    answered.countDown();
                    answer(number, answer, answers);
                },
                progress);
        if (fault == Fault.PERFORMS_ITSELF) {
            await();
        }
    }

    private void answer(int number, Answer answer, Consumer<Answer> answers) {
        lost = lost || answer instanceof Answer.Lost;
        boolean hidden = (fault == Fault.HIDES_A_LOSS && answer instanceof Answer.Lost)
                || (fault == Fault.HIDES_WHAT_WAS_CANCELLED && isCancelled(answer))
                || (fault == Fault.ANSWERS_THE_FIRST_ORDER_ONLY && number > 1);
        if (!hidden) {
            answers.accept(told(answer));
        }
        if (fault == Fault.ANSWERS_TWICE) {
            answers.accept(answer);
        }
    }

    private static boolean isCancelled(Answer answer) {
        return answer instanceof Answer.Threw threw
                && "cancelled".equals(threw.failure().getMessage());
    }

    private Answer told(Answer answer) {
        if (fault == Fault.ANSWERS_WITH_ANOTHER_DIGEST && answer instanceof Answer.Made made) {
            return new Answer.Made(made.unit(), made.artifact(), made.artifact(), made.summary());
        } else if (fault == Fault.TAKES_A_LOSS_FOR_A_FAILURE && answer instanceof Answer.Lost gone) {
            return new Answer.Threw(gone.unit(), new IllegalStateException(gone.reason()));
        }
        return answer;
    }

    @Override
    public void forget(UnitName unit) {
        if (fault == Fault.WAITS_IN_FORGET) {
            await();
        }
        inner.forget(unit);
    }

    @Override
    public void cancel() {
        if (fault == Fault.WAITS_IN_CANCEL) {
            await();
        }
        if (fault != Fault.TELLS_ITS_WORKER_NOTHING) {
            inner.cancel();
        }
    }

    @Override
    public void close() {
        if (fault != Fault.LEAVES_A_THREAD && fault != Fault.LEAVES_A_PROCESS) {
            inner.close();
        }
    }
}
