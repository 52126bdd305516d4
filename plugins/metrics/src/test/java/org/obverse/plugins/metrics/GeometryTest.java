package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeometryTest {
    private static final double[][] ON_A_LINE = {{0}, {1}, {3}, {7}, {10}};

    @Test
    void distances_are_shares_of_the_largest_by_hand() {
        Geometry geometry = Geometry.of(ON_A_LINE, sample -> {}, 0, 0, 0, 1, 1);

        assertArrayEquals(new double[] {0.2, 0.15, 0.25, 0.3, 0.3}, geometry.own(), 1e-15);
        assertArrayEquals(new double[] {0.85, 0.75, 0.55, 17 / 30.0, 26 / 30.0}, geometry.others(), 1e-15);
        assertArrayEquals(new double[] {0.1, 0.1, 0.2, 0.3, 0.3}, geometry.nearestOwn(), 1e-15);
        assertArrayEquals(new double[] {0.7, 0.6, 0.4, 0.4, 0.7}, geometry.nearestOther(), 1e-15);
        assertEquals(1, geometry.agreement());
    }

    @Test
    void neither_scale_nor_place_matters() {
        double[][] moved = Arrays.stream(ON_A_LINE)
                .map(point -> new double[] {1e6 + 256 * point[0], -3})
                .toArray(double[][]::new);

        Geometry geometry = Geometry.of(moved, sample -> {}, 0, 1, 0, 1, 1);

        assertArrayEquals(Geometry.of(ON_A_LINE, sample -> {}, 0, 1, 0, 1, 1).others(), geometry.others(), 1e-15);
        assertEquals(0.4, geometry.agreement(), 1e-15);
    }

    @Test
    void the_only_sample_of_a_class_has_no_distance_to_its_own_and_counts_in_no_mean() {
        Geometry geometry = Geometry.of(ON_A_LINE, sample -> {}, 0, 0, 2, 1, 1);

        assertEquals(Double.NaN, geometry.own()[2]);
        assertEquals(Double.NaN, geometry.nearestOwn()[2]);
        assertEquals(0.2, Geometry.mean(geometry.own()), 1e-15);
        assertEquals(1, geometry.agreement());
    }

    @Test
    void samples_in_one_point_have_no_shares() {
        assertThrows(
                IllegalArgumentException.class, () -> Geometry.of(new double[][] {{2, 1}, {2, 1}}, sample -> {}, 0, 1));
    }

    @Test
    void every_sample_is_told_of_and_the_work_can_be_ended_at_any() {
        List<Integer> told = new ArrayList<>();

        Geometry.of(ON_A_LINE, told::add, 0, 0, 0, 1, 1);

        assertEquals(List.of(0, 1, 2, 3, 4), told);
    }
}
