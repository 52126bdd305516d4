package org.obverse.plugins.dropout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.api.network.Pass;
import org.obverse.testkit.Workbench;

class MaskTest {
    private static final Workbench BENCH = Workbench.of(MaskTest.class);
    private static final int DRAWS = 10_000;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @EnumSource(Dropped.class)
    void the_expected_activation_is_the_one_without_dropout(Dropped kind) {
        double rate = 0.3;
        NDArray ones = BENCH.manager().ones(new Shape(DRAWS, 2, 1, 2));
        NDArray mean = masked(new Mask("stage1", rate, kind), ones).mean(new int[] {0});

        for (float element : mean.toFloatArray()) {
            assertEquals(1, element, 3 * Math.sqrt(rate / (1 - rate) / DRAWS));
        }
    }

    @Test
    void a_channel_is_zero_as_a_whole_or_not_at_all() {
        NDArray channels = masked(
                        new Mask("stage1", 0.5, Dropped.CHANNEL),
                        BENCH.manager().ones(new Shape(20, 8, 3, 5)))
                .reshape(160, 15);
        int zero = 0;
        for (int c = 0; c < 160; c++) {
            float[] pixels = channels.get(c).toFloatArray();
            float[] alike = new float[15];
            Arrays.fill(alike, pixels[0]);
            assertArrayEquals(alike, pixels);
            zero += pixels[0] == 0 ? 1 : 0;
        }

        assertEquals(80, zero, 3 * Math.sqrt(160 * 0.25));
    }

    @Test
    void the_activation_keeps_the_shape_that_its_tap_declares() {
        NDArray ones = BENCH.manager().ones(new Shape(2, 8, 3, 5));

        NDArray masked = masked(new Mask("stage1", 0.5, Dropped.CHANNEL), ones);
        assertEquals(new Shape(2, 8, 3, 5), ones.getShape());
        assertEquals(new Shape(2, 8, 3, 5), masked.getShape());
    }

    @Test
    void an_element_is_zero_for_itself() {
        NDArray channels = masked(
                        new Mask("stage1", 0.5, Dropped.ELEMENT),
                        BENCH.manager().ones(new Shape(20, 8, 3, 5)))
                .reshape(160, 15);
        NDArray zeros = channels.eq(0).toType(DataType.FLOAT32, false);

        assertTrue(zeros.sum(new int[] {1}).min().getFloat() > 0, "no channel is whole");
    }

    @Test
    void a_sample_has_its_mask_whatever_follows_it_and_another_one_in_each_step_and_behind_each_activation() {
        NDArray ones = BENCH.manager().ones(new Shape(3, 8, 2, 2));
        Mask mask = new Mask("stage1", 0.5, Dropped.ELEMENT);
        float[] first = masked(mask, ones).get("0:1").toFloatArray();

        assertArrayEquals(first, masked(mask, ones.get("0:1")).toFloatArray());
        assertFalse(Arrays.equals(
                first,
                masked(new Mask("stage2", 0.5, Dropped.ELEMENT), ones.get("0:1"))
                        .toFloatArray()));
        assertFalse(Arrays.equals(
                first,
                mask.apply(ones.get("0:1"), Pass.training(BENCH.stream(8))).toFloatArray()));
    }

    @Test
    void evaluation_hands_on_the_activation_itself() {
        NDArray ones = BENCH.manager().ones(new Shape(3, 8));

        assertSame(ones, new Mask("stage1", 0.5, Dropped.CHANNEL).apply(ones, Pass.evaluation(BENCH.stream(7))));
    }

    private static NDArray masked(Mask mask, NDArray activation) {
        return mask.apply(activation, Pass.training(BENCH.stream(7)));
    }
}
