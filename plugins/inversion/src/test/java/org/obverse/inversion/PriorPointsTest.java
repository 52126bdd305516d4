package org.obverse.inversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Representation;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.random.RandomStream;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.RowGenerator;
import org.obverse.testkit.small.StyledRow;

class PriorPointsTest {
    private static final Workbench BENCH = Workbench.of(PriorPointsTest.class);
    private static final StyledRow MAPPED = new StyledRow(2, BENCH.operators());
    private static final StageUnit UNIT = StageUnit.of(BENCH, List.of(0), MAPPED);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void points_of_the_prior_are_taken_as_they_are_and_latent_points_where_the_two_are_the_same() {
        PriorPoints points = new PriorPoints(MAPPED, array(1, 2), "draws");
        LatentPoints plain = new LatentPoints(new RowGenerator(2), array(3, 4));

        assertSame(points, PriorPoints.of(points, UNIT, "search", "draws"));
        assertArrayEquals(
                new float[] {3, 4},
                PriorPoints.of(plain, UNIT, "search", "draws").z().toFloatArray());
    }

    @Test
    void points_of_the_prior_that_another_jar_has_a_class_for_are_known_by_what_they_store() {
        PriorPoints found = PriorPoints.of(new Foreign(array(5, 6), "z"), UNIT, "search", "draws");

        assertArrayEquals(new float[] {5, 6}, found.z().toFloatArray());
        assertSame(MAPPED, found.generator());
        assertEquals("search", found.form());
    }

    @Test
    void anything_else_is_refused_with_the_sampler_that_fits() {
        for (Representation other : List.of(
                new Foreign(array(5, 6), "w"),
                new Foreign(array(5, 6, 7), "z"),
                new LatentPoints(MAPPED, MAPPED.locate(array(1, 2))),
                new FixedImages(array(1, 2).reshape(1, 1, 1, 2)))) {
            InvalidConfigurationException refused = assertThrows(
                    InvalidConfigurationException.class, () -> PriorPoints.of(other, UNIT, "search", "draws"));

            assertEquals("choose the sampler 'draws'", refused.problems().get(0).wayOut());
        }
    }

    private static NDArray array(float... values) {
        return BENCH.manager().create(values, new Shape(1, values.length));
    }

    /** As a sampler of a jar with a library of its own returns it. */
    private record Foreign(NDArray values, String variable) implements Representation {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public String form() {
            return "foreign";
        }

        @Override
        public NDList variables() {
            NDArray named = values.duplicate();
            named.setName(variable);
            return new NDList(named);
        }

        @Override
        public NDArray draw(int draws, List<RandomStream> random) {
            throw new AssertionError("nobody draws from it");
        }

        @Override
        public Representation rows(int... rows) {
            throw new AssertionError("nobody takes rows of it");
        }
    }
}
