package org.obverse.engine.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.obverse.engine.artifact.ArtifactStore;

final class BusTest {
    private static final UnitName UNIT = new UnitName("optimize", 0, List.of(3));
    private static final RunFact.Offered FACT = new RunFact.Offered(UNIT);
    private static final RunFact.Ended END = new RunFact.Ended(Outcome.FAILED, "why");

    private final Bus bus = new Bus(new LiveRun("study", new ArtifactStore(Path.of("nowhere"))));
    private final List<String> heard = new ArrayList<>();

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
        Offer nobody = new Offer(Word.of("data", "d"));
        bus.ask(nobody);
        assertEquals(Optional.empty(), nobody.claimed());

        Place first = new Claiming();
        bus.register(first);
        bus.register(new Claiming());
        Offer offer = new Offer(Word.of("data", "d"));
        bus.ask(offer);

        assertEquals(Optional.of(first), offer.claimed());
    }

    private static final class Claiming implements Place {
        @Override
        public void consider(Offer offer) {
            offer.claim(this);
        }

        @Override
        public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {}

        @Override
        public void forget(UnitName unit) {}

        @Override
        public void close() {}
    }
}
