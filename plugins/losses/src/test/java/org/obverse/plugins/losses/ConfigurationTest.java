package org.obverse.plugins.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Problem;

class ConfigurationTest {
    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void an_exponent_that_is_negative_or_not_finite_is_refused(double gamma) {
        assertEquals(List.of("gamma"), wrongKeys(new Focal(gamma, Focus.CONSTANT)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void a_penalty_that_is_not_finite_is_refused(double weight) {
        assertEquals(List.of("weight"), wrongKeys(new ConfidencePenalty(weight)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void a_share_beyond_0_and_1_is_refused(double share) {
        assertEquals(List.of("share"), wrongKeys(new DisturbLabel(share)));
    }

    @Test
    void penalties_of_both_signs_and_strengths_of_0_are_accepted() {
        for (Checked accepted : List.of(
                new Focal(0, Focus.CONSTANT),
                new ConfidencePenalty(-0.1),
                new ConfidencePenalty(0),
                new DisturbLabel(0),
                new DisturbLabel(1))) {
            assertEquals(List.of(), wrongKeys(accepted), accepted::toString);
        }
    }

    private static List<String> wrongKeys(Checked configuration) {
        return configuration.check().stream().map(Problem::path).toList();
    }
}
