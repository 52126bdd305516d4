package org.obverse.cli.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.TorchRuntime;

/** What the benchmark compares is the same computation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PassesTest {
    private static final int SIDE = 16;
    private static final int CHANNELS = 8;
    /** Of the block after that of {@link #SIDE} pixels. */
    private static final int HALF = CHANNELS / 2;

    private static final int BATCH = 3;
    private static final int CROP = 12;

    private final TorchRuntime torch = TorchRuntime.start();
    private final NDManager manager = torch.manager().newSubManager();
    private final Passes passes = passes(SIDE, CROP);

    private Passes passes(int resolution, int crop) {
        Size size = new Size(resolution, SIDE * CHANNELS, CHANNELS, CHANNELS, "float32", crop, BATCH, 32, 1);
        Components components = new Components(Registry.ofClassPath());
        return new Passes(size, new Lender(components, torch, manager, new Tally(torch.operators())));
    }

    @AfterAll
    void release() {
        manager.close();
        torch.close();
    }

    @Test
    void the_published_formulation_shows_the_target_the_same_images() {
        assertClose(passes.window(passes.points()), passes.publishedWindow(passes.points()), 1e-5);
    }

    @Test
    void the_published_formulation_gives_w_the_same_gradient() {
        assertClose(passes.gradient(), passes.publishedGradient(), 1e-4);
    }

    /** What the last block adds: a doubling convolution, its filter, a convolution, and the filter that doubles the colours. */
    @Test
    void the_operations_of_a_step_are_those_of_its_convolutions_forward_and_back() {
        double added = passes(2 * SIDE, 2 * SIDE).flops() - passes(SIDE, SIDE).flops();

        double few = SIDE * SIDE;
        double many = 4 * few;
        double multiplications = 9 * few * CHANNELS * HALF + 16 * many * HALF + 9 * many * HALF * HALF + 16 * few * 3;
        assertEquals(2 * 2 * BATCH * multiplications, added);
    }

    @Test
    void every_turn_takes_time() {
        assertTrue(passes.forward() > 0);
        assertTrue(passes.back() > 0);
        assertTrue(passes.publishedBack() > 0);
        assertTrue(passes.step() > 0);
        assertTrue(passes.convolution() > 0);
    }

    private static void assertClose(NDArray ours, NDArray published, double share) {
        float[] expected = published.toFloatArray();
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest > 0, () -> "nothing but zeros: " + Arrays.toString(expected));
        assertEquals(published.getShape(), ours.getShape());
        assertArrayEquals(expected, ours.toFloatArray(), (float) (share * largest));
    }
}
