package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.testkit.Workbench;

class CertaintyTest {
    private static final Workbench BENCH = Workbench.of(CertaintyTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void confidence_and_margin_are_those_of_the_class() {
        NDArray scores =
                BENCH.manager().create(new double[] {Math.log(0.6), Math.log(0.3), Math.log(0.1)}, new Shape(1, 3));

        assertEquals(Math.log(2), Certainty.of(scores, 0)[0].margin(), 1e-15);
        assertEquals(0.6, Certainty.of(scores, 0)[0].confidence(), 1e-15);
        assertEquals(Math.log(0.1 / 0.6), Certainty.of(scores, 2)[0].margin(), 1e-15);
    }

    /** exp(-50) and exp(-60) are lost in 1 + exp(-margin). */
    @Test
    void confidences_that_tie_at_one_are_told_apart_by_their_margins() {
        NDArray scores = BENCH.manager()
                .create(new double[] {50, 0, 60, 0}, new Shape(2, 2))
                .logSoftmax(1);

        Certainty[] found = Certainty.of(scores, 0, 0);

        assertEquals(found[0].logConfidence(), found[1].logConfidence());
        assertTrue(found[1].compareTo(found[0]) > 0);
    }

    @Test
    void what_nobody_was_asked_about_is_less_sure_than_anything() {
        Certainty hopeless = new Certainty(-1e300, -1e300);
        List<Certainty> all = new ArrayList<>(List.of(new Certainty(-1, 5), Certainty.UNKNOWN, hopeless));

        Collections.sort(all);

        assertEquals(List.of(Certainty.UNKNOWN, hopeless, new Certainty(-1, 5)), all);
    }
}
