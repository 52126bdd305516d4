package org.obverse.plugins.plg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Images;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Colours;
import org.obverse.testkit.small.MeanColour;

class PseudoLabelsTest {
    private static final Workbench BENCH = Workbench.of(PseudoLabelsTest.class).with(new IdentityLossesPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** Image 4 is the best of two classes, classes 1 has a tie, and class 2 is sure of nothing. */
    @Test
    void every_class_takes_the_images_that_the_target_is_surest_of() {
        double[][] scores = {
            {-0.5, -3, -0.1, -2, -0.05},
            {-2, -0.3, -4, -0.3, -0.2},
            {-90, -40, -50, -41, -70}
        };

        PseudoLabels chosen = PseudoLabels.of(scores, 2);

        assertEquals(List.of(4, 2, 4, 1, 1, 3), chosen.images());
        assertEquals(List.of(0, 0, 1, 1, 2, 2), chosen.classes());
    }

    /** In float32 both probabilities are 1. */
    @Test
    void a_sure_target_still_tells_images_apart() {
        double[][] scores = {{-1e-12, -1e-14}, {-30, -32}};

        assertEquals(List.of(1, 0), PseudoLabels.of(scores, 1).images());
    }

    @Test
    void the_target_is_asked_once_about_every_public_image_in_any_batch() {
        StageUnit unit = unit(7);

        PseudoLabels chosen = PseudoLabels.ask(new Colours(20), 3, unit.target(ScoreOracle.class), unit);

        assertEquals(20, unit.queries());
        StageUnit other = unit(20);
        assertEquals(
                PseudoLabels.ask(new Colours(20), 3, other.target(ScoreOracle.class), other)
                        .images(),
                chosen.images());
        for (int i = 0; i < 9; i++) {
            assertEquals(i / 3, chosen.images().get(i) % 3, "colour of a chosen image");
        }
    }

    @Test
    void the_chosen_images_are_a_collection_with_labels() {
        Images labelled = new PseudoLabels(List.of(4, 4, 1), List.of(0, 1, 2)).of(new Colours(9));

        assertEquals(3, labelled.size());
        assertEquals(1, labelled.label(1));
        assertArrayEquals(
                new Colours(9).read(BENCH.manager(), 1, 4).toFloatArray(),
                labelled.read(BENCH.manager(), 2, 1).toFloatArray());
    }

    private static StageUnit unit(int batch) {
        return StageUnit.of(BENCH, List.of(0))
                .withTarget(new MeanColour(BENCH.parameters(1), 5))
                .withPublicImages(new Colours(20))
                .withBatch(batch);
    }
}
