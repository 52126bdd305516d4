package org.obverse.plugins.smoothing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.defense.Epoch;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;

class LabelSmoothingTest {
    @Test
    void the_defaults_are_usable() {
        assertEquals(List.of(), LabelSmoothing.DEFAULT.check());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.000001, 3, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
    void a_factor_above_1_or_not_finite_is_refused(double alpha) {
        assertEquals(List.of("alpha"), wrongKeys(new LabelSmoothing(alpha, Course.FRACTION)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.1, 0, -0.05, -7})
    void every_finite_factor_up_to_1_is_accepted(double alpha) {
        assertEquals(List.of(), wrongKeys(new LabelSmoothing(alpha, Course.FRACTION)));
    }

    @ParameterizedTest
    @EnumSource(Course.class)
    void a_study_over_alpha_may_name_any_schedule(Course course) {
        assertEquals(List.of(), wrongKeys(new LabelSmoothing(0.05, course)));
        assertEquals(
                0.05, SmoothingSchedule.of(new LabelSmoothing(0.05, course)).value(new Epoch(0, 10)));
    }

    @ParameterizedTest
    @EnumSource(Course.class)
    void every_schedule_of_a_negative_factor_is_accepted(Course course) {
        assertEquals(List.of(), wrongKeys(new LabelSmoothing(-0.05, course)));
    }

    @Test
    void the_plugin_brings_one_defense_with_one_label_encoder() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("label-smoothing"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of("label-smoothing"),
                plugin.components().stream().map(Component::name).toList());
        assertEquals(Kind.DEFENSE, plugin.components().get(0).kind());
    }

    private static List<String> wrongKeys(LabelSmoothing configuration) {
        return configuration.check().stream().map(Problem::path).toList();
    }
}
