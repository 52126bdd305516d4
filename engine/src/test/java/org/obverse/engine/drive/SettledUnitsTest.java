package org.obverse.engine.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;

/** What is held of units once they are settled. */
final class SettledUnitsTest {
    private static final int UNITS = 50_000;
    /** What an object of its own for each would take at least is 16. */
    private static final double BYTES = 8;

    private final RunGraph graph = DrivingBench.study(UNITS);
    private final RunMachine machine = new RunMachine(graph);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void settled_units_take_no_memory_that_was_not_taken_when_they_were_planned() {
        try (OpenProducts products = new OpenProducts(graph, new ProductStore(new ArtifactStore(folder)))) {
            settle(products, UNITS / 10);
            long first = LiveHeap.bytes();
            settle(products, UNITS / 2);
            double growth = (double) (LiveHeap.bytes() - first) / (UNITS / 2);

            assertTrue(growth < BYTES, growth + " bytes for each unit that was settled");
            assertEquals(graph.size() - UNITS / 10 - UNITS / 2, settle(products, UNITS));
            assertTrue(machine.isDone());
        }
    }

    /** Settles some units, if there are as many, with digests that were not planned; says how many it were. */
    private int settle(OpenProducts products, int units) {
        int settled = 0;
        for (Optional<Unit<?>> next = machine.next(); next.isPresent() && settled < units; next = machine.next()) {
            UnitName unit = next.get().name();
            String digest = unit.slot().equals("data") ? "0".repeat(64) : machine.digest(next.get());
            machine.apply(new RunFact.Offered(unit));
            machine.apply(new RunFact.Completed(unit, digest, "artifact", Summary.NONE));
            machine.unneeded().forEach(products::forget);
            settled++;
        }
        return settled;
    }
}
