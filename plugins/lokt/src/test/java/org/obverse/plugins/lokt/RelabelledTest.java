package org.obverse.plugins.lokt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.ColumnGenerator;
import org.obverse.testkit.small.LinearNet;

class RelabelledTest {
    private static final Workbench BENCH = Workbench.of(RelabelledTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void an_image_has_the_label_that_the_target_gives_it() {
        Relabelled images = asked(linear(), unit(linear(), 7));
        NDArray all = images.read(BENCH.manager(), IntStream.range(0, 50).toArray());

        long[] said = linear().forward(all, Pass.evaluation(BENCH.stream(1)))
                .logits()
                .argMax(1)
                .toLongArray();

        assertEquals(50, images.size());
        for (int i = 0; i < 50; i++) {
            assertEquals(said[i], images.label(i), "image " + i);
        }
        assertTrue(IntStream.range(0, 50).anyMatch(i -> images.label(i) != i / 5), "the target agrees with all");
    }

    @Test
    void counts_tell_how_many_images_each_class_got() {
        Relabelled images = asked(linear(), unit(linear(), 7));

        int[] counts = images.counts();

        assertEquals(10, counts.length);
        for (int c = 0; c < 10; c++) {
            int wanted = c;
            assertEquals(
                    IntStream.range(0, 50)
                            .filter(i -> images.label(i) == wanted)
                            .count(),
                    counts[c]);
        }
    }

    @Test
    void an_image_never_changes_in_whichever_batch_it_is_read_or_asked_about() {
        Relabelled seven = asked(linear(), unit(linear(), 7));
        Relabelled all = asked(linear(), unit(linear(), 50));

        assertArrayEquals(
                seven.read(BENCH.manager(), 3, 40).toFloatArray(),
                all.read(BENCH.manager(), 3, 40).toFloatArray(),
                1e-6f);
        assertArrayEquals(
                Arrays.copyOfRange(all.read(BENCH.manager(), 40, 3).toFloatArray(), 768, 1536),
                all.read(BENCH.manager(), 3).toFloatArray());
        assertNotEquals(all.read(BENCH.manager(), 3), all.read(BENCH.manager(), 4));
    }

    @Test
    void every_image_is_asked_about_once() {
        StageUnit unit = unit(linear(), 7);

        asked(linear(), unit);

        assertEquals(50, unit.queries());
    }

    @Test
    void a_target_that_takes_everything_for_one_class_teaches_nothing() {
        StageUnit unit = unit(new Always(BENCH.parameters(1), 1), 7);

        IllegalStateException refusal = assertThrows(
                IllegalStateException.class,
                () -> Relabelled.lessons(new ColumnGenerator(6, 3), 5, unit.target(LabelOracle.class), unit));

        assertEquals(
                "the target takes all 15 generated images for class 1, so that surrogates have nothing to tell apart; let the GAN"
                        + " learn longer, with training.iterations",
                refusal.getMessage());
    }

    private static Relabelled asked(Classifier target, StageUnit unit) {
        return Relabelled.lessons(new ColumnGenerator(6, target.classes()), 5, unit.target(LabelOracle.class), unit);
    }

    private static Classifier linear() {
        return LinearNet.at(BENCH, 16, 4, 1);
    }

    private static StageUnit unit(Classifier target, int batch) {
        return StageUnit.of(BENCH, List.of(0)).withTarget(target).withBatch(batch);
    }
}
