package org.obverse.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.obverse.api.event.RunEvent;

final class EventSpineTest {
    private static final RunEvent FACT = new RunEvent.Requested("unit", "component");

    private final EventSpine spine = new EventSpine();
    private final List<RunEvent> heard = new ArrayList<>();

    @Test
    void an_error_of_one_observer_neither_skips_the_others_nor_is_forgotten() {
        spine.register("broken", event -> {
            throw new NoClassDefFoundError("third/Party");
        });
        spine.register("listener", heard::add);

        SubscriberFailedException e = assertThrows(SubscriberFailedException.class, () -> spine.publish(FACT));
        assertTrue(String.valueOf(e.getMessage()).contains("broken"), e.getMessage());
        assertEquals(List.of(FACT), heard);

        assertThrows(SubscriberFailedException.class, () -> spine.publish(FACT));
        spine.farewell(FACT);
        assertEquals(List.of(FACT, FACT, FACT), heard);
    }

    @Test
    void a_best_effort_observer_may_fail() {
        spine.registerBestEffort("display", event -> {
            throw new IllegalStateException("no terminal");
        });
        spine.register("listener", heard::add);

        spine.publish(FACT);
        assertEquals(List.of(FACT), heard);
    }

    @Test
    void a_subscriber_that_publishes_fails_the_run() {
        spine.register("talker", event -> spine.publish(FACT));

        SubscriberFailedException e = assertThrows(SubscriberFailedException.class, () -> spine.publish(FACT));
        assertTrue(String.valueOf(e.getMessage()).contains("subscribers only listen"), e.getMessage());
    }

    @Test
    void publishing_off_the_runs_thread_is_refused() throws InterruptedException {
        FutureTask<Boolean> elsewhere = new FutureTask<>(() -> {
            spine.publish(FACT);
            return true;
        });
        Thread thread = new Thread(elsewhere);
        thread.start();
        thread.join();

        ExecutionException e = assertThrows(ExecutionException.class, elsewhere::get);
        assertTrue(e.getCause() instanceof IllegalStateException, String.valueOf(e));
    }

    @Test
    void exactly_one_component_must_claim_a_unit() {
        Unit unit = new Unit("optimize/0", Slot.OPTIMIZE, "adam", List.of(), "", 1, List.of(), "", List.of());
        UnitCall.Work work = (u, context) -> new Product.Data(Map.of());

        UnitCall nobody = new UnitCall(unit);
        spine.publish(nobody);
        assertThrows(IllegalStateException.class, nobody::onlyClaim);

        spine.register(new Bay(Slot.OPTIMIZE, "adam", work));
        spine.register(new Bay(Slot.OPTIMIZE, "other", (u, context) -> new Product.Data(Map.of())));
        UnitCall one = new UnitCall(unit);
        spine.publish(one);
        assertEquals(work, one.onlyClaim());

        spine.register(new Bay(Slot.OPTIMIZE, "adam", (u, context) -> new Product.Data(Map.of())));
        UnitCall two = new UnitCall(unit);
        spine.publish(two);
        assertThrows(IllegalStateException.class, two::onlyClaim);
    }
}
