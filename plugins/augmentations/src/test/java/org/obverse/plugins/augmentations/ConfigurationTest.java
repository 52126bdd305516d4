package org.obverse.plugins.augmentations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Problem;

class ConfigurationTest {
    @Test
    void negative_numbers_of_pixels_are_refused() {
        assertEquals(List.of("padding"), wrongKeys(new CropWithPadding(-1)));
        assertEquals(List.of("side"), wrongKeys(new Cutout(-1)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_deviation_that_is_negative_or_not_finite_is_refused(double sigma) {
        assertEquals(List.of("sigma"), wrongKeys(new GaussianNoise(sigma)));
    }

    @Test
    void shares_are_two_numbers_in_order_between_0_and_1() {
        for (List<Double> area : List.of(
                List.<Double>of(),
                List.of(0.1),
                List.of(0.1, 0.2, 0.3),
                List.of(0.4, 0.1),
                List.of(-0.1, 0.4),
                List.of(0.1, 1.1),
                List.of(Double.NaN, 0.4))) {
            assertEquals(List.of("area"), wrongKeys(new RandomErasing(area, 1, Fill.MEAN)), area::toString);
        }
        assertEquals(List.of(), wrongKeys(new RandomErasing(List.of(0.2, 0.2), 1, Fill.MEAN)));
    }

    @Test
    void all_problems_of_random_erasing_are_reported_at_once() {
        assertEquals(List.of("area", "probability"), wrongKeys(new RandomErasing(List.of(0.4, 0.1), 1.5, Fill.MEAN)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void there_is_no_beta_distribution_of_a_parameter_that_is_negative_or_not_finite(double alpha) {
        assertEquals(List.of("alpha"), wrongKeys(new Mixup(alpha)));
    }

    @Test
    void a_study_may_switch_each_augmentation_off() {
        for (Checked off : List.of(
                new CropWithPadding(0),
                new GaussianNoise(0),
                new Cutout(0),
                new RandomErasing(List.of(0.0, 0.0), 0, Fill.ZERO),
                new Mixup(0))) {
            assertEquals(List.of(), wrongKeys(off), off::toString);
        }
    }

    private static List<String> wrongKeys(Checked configuration) {
        return configuration.check().stream().map(Problem::path).toList();
    }
}
