package org.obverse.testkit.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Order;

/** What a place answers to one order, and whether that was true at that moment. */
final class PlaceAnswers implements Consumer<Answer> {
    private final Order order;
    private final PlaceBench bench;
    private final List<Answer> all = new ArrayList<>();
    private final List<String> amiss = new ArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private Optional<RuntimeException> failure = Optional.empty();

    PlaceAnswers(Order order, PlaceBench bench) {
        this.order = order;
        this.bench = bench;
    }

    Order order() {
        return order;
    }

    @Override
    public void accept(Answer answer) {
        synchronized (this) {
            all.add(answer);
            if (answer instanceof Answer.Made made) {
                bench.amiss(order, made).ifPresent(amiss::add);
            }
        }
        settle();
    }

    /** The place threw when it was given the order: nothing more is to be waited for. */
    void failed(RuntimeException thrown) {
        synchronized (this) {
            failure = Optional.of(thrown);
        }
        settle();
    }

    private void settle() {
        first.countDown();
        bench.noLongerAwaited();
    }

    /**
     * Waits for the first answer.
     *
     * @return nothing if none comes in that time
     */
    Optional<Answer> within(long seconds) {
        try {
            first.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            return all.stream().findFirst();
        }
    }

    /**
     * Waits for an answer on which another rule depends.
     *
     * @throws NotTried if none comes
     */
    Answer first() {
        return within(PlaceTrial.WORK_SECONDS)
                .orElseThrow(() -> new NotTried("an order got no answer; see the rule answers-once"));
    }

    synchronized List<Answer> all() {
        return List.copyOf(all);
    }

    /** What was wrong with artifacts when they were announced. */
    synchronized List<String> amiss() {
        return List.copyOf(amiss);
    }
}
