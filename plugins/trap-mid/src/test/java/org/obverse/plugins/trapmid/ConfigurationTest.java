package org.obverse.plugins.trapmid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.plugin.Problem;

class ConfigurationTest {
    @Test
    void the_defaults_are_those_of_the_paper_and_usable() {
        assertEquals(new TrapMid(0.02, 0.2, 0.01), TrapMid.DEFAULT);
        assertEquals(List.of(), TrapMid.DEFAULT.check());
    }

    @Test
    void a_strength_of_0_is_refused_because_nothing_would_be_poisoned_but_labels() {
        List<Problem> problems = new TrapMid(0, 0.2, 0.01).check();

        assertEquals(List.of("strength"), keys(problems));
        assertTrue(problems.get(0).message().contains("random labels"), problems::toString);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.02, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_strength_that_is_no_share_is_refused(double strength) {
        assertEquals(List.of("strength"), keys(new TrapMid(strength, 0.2, 0.01).check()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.2, 1, Double.NaN})
    void a_weight_that_leaves_private_images_none_is_refused(double weight) {
        assertEquals(List.of("trap-weight"), keys(new TrapMid(0.02, weight, 0.01).check()));
    }

    @Test
    void a_weight_of_0_is_accepted_so_that_a_study_may_switch_the_defense_off() {
        assertEquals(List.of(), new TrapMid(0.02, 0, 0.01).check());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.01, Double.NaN})
    void triggers_that_do_not_move_are_refused(double step) {
        assertEquals(List.of("trigger-step"), keys(new TrapMid(0.02, 0.2, step).check()));
    }

    private static List<String> keys(List<Problem> problems) {
        return problems.stream().map(Problem::path).toList();
    }
}
