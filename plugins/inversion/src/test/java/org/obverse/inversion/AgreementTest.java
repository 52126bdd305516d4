package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Colours;
import org.obverse.testkit.small.MeanColour;

class AgreementTest {
    private static final Workbench BENCH = Workbench.of(AgreementTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    private static double share(int batch, int... rows) {
        // Colours are red, green, blue, red, …, and the surrogate says so; the labels are wrong from row 6 on.
        return Agreement.of(
                        new MeanColour(BENCH.parameters(1), 5),
                        new Colours(9),
                        rows,
                        row -> row < 6 ? row % 3 : (row + 1) % 3,
                        StageUnit.of(BENCH, List.of(0)).withBatch(batch))
                .share();
    }

    @Test
    void the_share_of_images_with_the_label_of_the_target_is_told_in_batches_of_any_size() {
        assertEquals(1, share(2, 0, 5, 3));
        assertEquals(0, share(2, 6, 8));
        for (int batch : new int[] {1, 4, 100}) {
            assertEquals(0.75, share(batch, 8, 1, 2, 3));
        }
    }

    @Test
    void three_in_ten_are_enough() {
        assertFalse(new Agreement(0.3).figure("surrogate-0").isTooLow());
        assertTrue(new Agreement(0.299).figure("surrogate-0").isTooLow());
        assertEquals(
                "agreement of surrogate-0",
                new Agreement(1).figure("surrogate-0").name());
    }
}
