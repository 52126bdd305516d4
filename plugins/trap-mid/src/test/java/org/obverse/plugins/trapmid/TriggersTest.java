package org.obverse.plugins.trapmid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Parameters;
import org.obverse.testkit.Workbench;

class TriggersTest {
    private static final Workbench BENCH = Workbench.of(TriggersTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** The worked number of the page. */
    @Test
    void a_pixel_of_a_quarter_under_a_white_trigger_of_two_percent_is_265_thousandths() {
        NDArray image = BENCH.manager().create(new float[] {0.25f});
        NDArray trigger = BENCH.manager().create(new float[] {1});

        assertEquals(0.265, Triggers.blend(image, trigger, 0.02).getFloat(), 1e-7);
    }

    @Test
    void each_image_is_poisoned_with_the_trigger_of_its_own_label() {
        NDArray triggers = BENCH.manager().create(new float[] {-1, -0.5f, 0.5f, 1}, new Shape(2, 2));
        NDArray images = BENCH.manager().zeros(new Shape(3, 2));

        NDArray poisoned =
                new Triggers(triggers, 0.5).poisoned(images, BENCH.manager().create(new long[] {1, 0, 1}));

        assertArrayEquals(new float[] {0.25f, 0.5f, -0.5f, -0.25f, 0.25f, 0.5f}, poisoned.toFloatArray());
    }

    @Test
    void at_first_they_are_uniform_over_the_range_of_images_and_stand_among_the_target_s_tensors() {
        Parameters target = BENCH.parameters(3);
        Triggers.attach(new Shape(3, 20, 20), 5, 0.03, target);

        Triggers triggers = Triggers.of(target).orElseThrow();

        assertEquals(
                List.of("trap-mid.triggers", "trap-mid.strength"),
                List.copyOf(target.all().keySet()));
        assertTrue(target.trainable().isEmpty());
        assertEquals(0.03, triggers.strength(), 1e-8);
        assertEquals(new Shape(5, 3, 20, 20), triggers.values().getShape());
        assertTrue(triggers.values().abs().max().getFloat() <= 1);
        assertEquals(0, triggers.values().mean().getFloat(), 0.03);
        assertEquals(1 / 3.0, triggers.values().square().mean().getFloat(), 0.02);
        assertTrue(Triggers.of(BENCH.parameters(4)).isEmpty());
    }

    /** In [0, 1], a step moves each value by at most 0.01, and none out of the range; the sign of 0 is 0. */
    @Test
    void a_step_is_bounded_stays_in_range_and_leaves_values_without_a_slope_alone() {
        float[] before = {-1, -0.995f, 0, 0.3f, 0.995f, 1, 0.7f};
        NDArray values = BENCH.manager().create(before.clone(), new Shape(1, 7));
        NDArray gradient = BENCH.manager().create(new float[] {5, 1e-20f, -3, 2, -1e9f, 0, 0}, new Shape(1, 7));

        new Triggers(values, 0.02).descend(gradient, 0.01);

        float[] after = values.toFloatArray();
        assertArrayEquals(new float[] {-1, -1, 0.02f, 0.28f, 1, 1, 0.7f}, after, 1e-7f);
        for (int i = 0; i < after.length; i++) {
            double moved = Math.abs((after[i] + 1) / 2 - (before[i] + 1) / 2);
            assertTrue(moved <= 0.01 + 1e-7, "value " + i + " moved by " + moved);
            assertTrue(Math.abs(after[i]) <= 1);
        }
    }

    @Test
    void every_class_is_drawn_equally_often_but_for_the_rest() {
        long[] labels = Triggers.labels(23, 5, BENCH.stream(6));

        assertEquals(23, labels.length);
        int rest = 0;
        for (long c = 0; c < 5; c++) {
            long of = c;
            long times = Arrays.stream(labels).filter(label -> label == of).count();
            assertTrue(times >= 4, () -> "class " + of + " is drawn " + times + " times");
            rest += (int) times - 4;
        }
        assertEquals(3, rest);
        assertFalse(Arrays.equals(Arrays.stream(labels).sorted().toArray(), labels), "they are shuffled");
        assertFalse(Arrays.equals(Triggers.labels(23, 5, BENCH.stream(7)), labels), "other draws, another order");
    }

    @Test
    void fewer_images_than_classes_are_all_drawn_at_random() {
        long[] labels = Triggers.labels(8, 1000, BENCH.stream(8));

        assertTrue(Arrays.stream(labels).allMatch(label -> label >= 0 && label < 1000));
        assertTrue(Arrays.stream(labels).distinct().count() > 4);
    }
}
