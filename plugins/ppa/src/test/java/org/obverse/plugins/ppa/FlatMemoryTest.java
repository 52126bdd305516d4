package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;

class FlatMemoryTest {
    private static final Workbench BENCH = Workbench.of(FlatMemoryTest.class).with(new IdentityLossesPlugin());
    private static final LinearGenerator GENERATOR = LinearGenerator.at(BENCH, 8, 1);
    private static final LinearNet TARGET = LinearNet.at(BENCH, 8, 31, 1);
    private static final long MEBIBYTE = 1 << 20;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** A graph that outlived its step would cost about 50 KiB, 450 MiB in all. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void ten_thousand_steps_need_no_more_memory_than_a_thousand() throws IOException {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        assumeTrue(heap.getInit() == heap.getMax(), "the heap grows beside native memory: run with -Xms = -Xmx");
        int arrays = optimize(1000);
        long before = residentMemory();

        assertEquals(arrays, optimize(10_000));

        long growth = (residentMemory() - before) / MEBIBYTE;
        assertTrue(growth < 40, () -> "resident memory grew by " + growth + " MiB");
    }

    /** How many arrays it left behind, with its result. */
    private static int optimize(int steps) {
        StageUnit unit = Bench.unit(BENCH, GENERATOR, TARGET, 1, 2);
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            NDArray points = BENCH.manager().create(BENCH.stream(3).gaussians(18), new Shape(1, 3, 6));
            new LatentAdam(Bench.settings(DescentSettings.DEFAULT, "{steps: %d}".formatted(steps)), BENCH)
                    .optimize(
                            new Candidates(new LatentPoints(GENERATOR, points), List.of(2), List.of(0.0), List.of()),
                            unit);
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    /** In bytes. */
    private static long residentMemory() throws IOException {
        String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(resident.replaceAll("\\D", "")) * 1024;
    }
}
