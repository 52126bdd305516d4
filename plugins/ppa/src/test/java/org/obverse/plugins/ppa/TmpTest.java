package org.obverse.plugins.ppa;

import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;
import org.obverse.api.attack.*;
import java.util.*;
import ai.djl.ndarray.types.Shape;

class TmpTest {
    @Test
    void time() {
        Workbench bench = Workbench.of(TmpTest.class);
        LinearGenerator g = LinearGenerator.at(bench, 16, 4);
        LinearNet t = LinearNet.at(bench, 8, 1);
        TestUnit unit = Bench.unit(bench, g, t, 4, 2, 7);
        float[] v = bench.stream(3).gaussians(4 * 18);
        Candidates start = new Candidates(new LatentPoints(g, bench.manager().create(v, new Shape(4, 3, 6))), List.of(2, 2, 7, 7), List.of(0.0, 0.0, 0.0, 0.0), List.of());
        for (int k = 0; k < 4; k++) {
            long t0 = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            new LatentAdam(Bench.settings(DescentSettings.DEFAULT, "{steps: 500}"), bench).optimize(start, unit);
            System.out.println("TIME " + (java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - t0) / 500e3 + " us/step");
        }
    }
}
