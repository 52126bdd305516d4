package org.obverse.engine.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.api.place.PlaceContext;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.listen.Patience;

final class BusTest {
    private static final UnitName UNIT = new UnitName("optimize", 0, List.of(3));
    private static final RunFact.Offered FACT = new RunFact.Offered(UNIT);
    private static final RunFact.Ended END = new RunFact.Ended(Outcome.FAILED, "why");

    private static final RunView RUN = new LiveRun("study", Path.of("nowhere"), new ArtifactStore(Path.of("nowhere")));

    private final Bus bus = new Bus(RUN);
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    private static RunListener offered(Consumer<RunFact.Offered> ear) {
        return new RunListener() {
            @Override
            public void offered(RunFact.Offered fact, RunView run) {
                ear.accept(fact);
            }
        };
    }

    @Test
    void a_listener_has_a_method_per_event_and_a_view_of_the_run() {
        bus.register("listener", new RunListener() {
            @Override
            public void planned(RunFact.Planned fact, RunView run) {
                heard.add("planned " + run.name());
            }

            @Override
            public void completed(RunFact.Completed fact, RunView run) {
                heard.add("completed " + fact.unit());
            }

            @Override
            public void reused(RunFact.Reused fact, RunView run) {
                heard.add("reused " + fact.unit());
            }

            @Override
            public void failed(RunFact.Failed fact, RunView run) {
                heard.add("failed " + fact.unit());
            }

            @Override
            public void ended(RunFact.Ended fact, RunView run) {
                heard.add("ended " + fact.outcome());
            }

            @Override
            public void progressed(Progress progress, RunView run) {
                heard.add("progressed " + progress.done());
            }
        });

        bus.tell(new RunFact.Planned(List.of()));
        bus.tell(FACT);
        bus.show(new Progress.OfUnit(UNIT, 3, 10, Map.of()));
        bus.tell(new RunFact.Completed(UNIT, "d", "a", Summary.NONE));
        bus.tell(new RunFact.Reused(UNIT, "d", "a", Summary.NONE));
        bus.tell(new RunFact.Failed(UNIT, "why"));
        bus.end(END);

        assertEquals(
                List.of(
                        "planned study",
                        "progressed 3",
                        "completed optimize/0",
                        "reused optimize/0",
                        "failed optimize/0",
                        "ended FAILED"),
                heard);
    }

    @Test
    void an_error_of_one_listener_neither_skips_the_others_nor_is_forgotten() {
        bus.register("broken", offered(fact -> {
            throw new NoClassDefFoundError("third/Party");
        }));
        bus.register("listener", offered(fact -> heard.add("offered")));

        ListenerFailedException e = assertThrows(ListenerFailedException.class, () -> bus.tell(FACT));
        assertTrue(String.valueOf(e.getMessage()).contains("broken"), e.getMessage());
        assertEquals(List.of("offered"), heard);

        assertThrows(ListenerFailedException.class, () -> bus.tell(FACT));
        bus.end(END);
        assertEquals(List.of("offered", "offered"), heard);
    }

    @Test
    void a_best_effort_listener_may_fail() {
        bus.registerBestEffort("display", offered(fact -> {
            throw new IllegalStateException("no terminal");
        }));
        bus.register("listener", offered(fact -> heard.add("offered")));

        bus.tell(FACT);
        assertEquals(List.of("offered"), heard);
    }

    @Test
    void a_best_effort_listener_that_blocks_delays_nobody_and_hears_every_fact_in_the_end() {
        CountDownLatch released = new CountDownLatch(1);
        bus.registerBestEffort("slow", offered(fact -> {
            await(released);
            heard.add("slow " + fact.unit());
        }));
        bus.register("listener", offered(fact -> heard.add("offered")));

        for (int i = 0; i < 100; i++) {
            bus.tell(FACT);
        }
        assertEquals(Collections.nCopies(100, "offered"), heard);

        released.countDown();
        bus.close();
        assertEquals(100, Collections.frequency(heard, "slow optimize/0"));
    }

    @Test
    void progress_is_left_out_while_a_best_effort_listener_is_behind_and_facts_are_not() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Bus small = new Bus(RUN, new Patience(Duration.ofHours(1), Duration.ofHours(1), 8), heard::add);
        small.registerBestEffort("slow", new RunListener() {
            @Override
            public void offered(RunFact.Offered fact, RunView run) {
                entered.countDown();
                await(released);
                heard.add("fact");
            }

            @Override
            public void progressed(Progress progress, RunView run) {
                heard.add("progress");
            }
        });

        small.tell(FACT);
        entered.await();
        for (int i = 0; i < 1000; i++) {
            small.show(new Progress.OfUnit(UNIT, i, 1000, Map.of()));
        }
        for (int i = 0; i < 4; i++) {
            small.tell(FACT);
        }
        released.countDown();
        small.close();

        assertEquals(5, Collections.frequency(heard, "fact"));
        assertEquals(4, Collections.frequency(heard, "progress"));
    }

    @Test
    void a_best_effort_listener_that_stays_behind_is_given_up_with_a_word() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Bus small = new Bus(RUN, new Patience(Duration.ofHours(1), Duration.ofMillis(1), 2), heard::add);
        small.registerBestEffort("stuck", offered(fact -> {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }));

        small.tell(FACT);
        entered.await();
        for (int i = 0; i < 100; i++) {
            small.tell(FACT);
        }
        interrupted.await();

        assertEquals(
                List.of("The listener 'stuck' is 2 messages behind. The run goes on without it."), List.copyOf(heard));
        small.close();
    }

    @Test
    void a_best_effort_listener_that_does_not_hear_the_end_is_given_up_with_a_word() {
        Bus hasty = new Bus(RUN, new Patience(Duration.ofHours(1), Duration.ofMillis(1), 8), heard::add);
        hasty.registerBestEffort("stuck", new RunListener() {
            @Override
            public void ended(RunFact.Ended fact, RunView run) {
                await(new CountDownLatch(1));
            }
        });

        hasty.end(END);
        hasty.close();

        assertEquals(
                List.of("The listener 'stuck' has not heard the end of the run after 0.001 s. The run goes on without"
                        + " it."),
                List.copyOf(heard));
    }

    @Test
    void a_run_that_waits_for_a_listener_it_depends_on_says_so() {
        CountDownLatch said = new CountDownLatch(1);
        Bus waiting = new Bus(RUN, new Patience(Duration.ofMillis(1), Duration.ofHours(1), 8), word -> {
            heard.add(word);
            said.countDown();
        });
        waiting.register("archive", offered(fact -> await(said)));

        waiting.tell(FACT);
        waiting.close();

        assertEquals(
                List.of("The run waits for the listener 'archive', which has not returned for 0.001 s."),
                List.copyOf(heard));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_subscriber_that_publishes_fails_the_run() {
        bus.register("talker", offered(bus::tell));

        ListenerFailedException e = assertThrows(ListenerFailedException.class, () -> bus.tell(FACT));
        assertTrue(String.valueOf(e.getMessage()).contains("subscribers only listen"), e.getMessage());
    }

    @Test
    void publishing_off_the_runs_thread_is_refused() throws InterruptedException {
        FutureTask<Boolean> elsewhere = new FutureTask<>(() -> {
            bus.tell(FACT);
            return true;
        });
        Thread thread = new Thread(elsewhere);
        thread.start();
        thread.join();

        ExecutionException e = assertThrows(ExecutionException.class, elsewhere::get);
        assertTrue(e.getCause() instanceof IllegalStateException, String.valueOf(e));
    }

    @Test
    void the_first_claim_of_an_offer_stands() {
        assertEquals(Optional.empty(), bus.ask(Word.of("data", "d")));

        Place first = new Claiming();
        bus.register(first);
        bus.register(new Claiming());

        assertEquals(Optional.of(first), bus.ask(Word.of("data", "d")));
    }

    private static final class Claiming implements Place {
        @Override
        public void open(PlaceContext context) {}

        @Override
        public void consider(Offer offer) {
            offer.claim(this);
        }

        @Override
        public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {}

        @Override
        public void forget(UnitName unit) {}

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }
}
