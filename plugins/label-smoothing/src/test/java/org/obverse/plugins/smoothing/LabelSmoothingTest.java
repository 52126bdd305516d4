package org.obverse.plugins.smoothing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        for (double alpha : new double[] {0, 0.05}) {
            LabelSmoothing smoothing = new LabelSmoothing(alpha, course);

            assertEquals(List.of(), wrongKeys(smoothing));
            assertEquals(alpha, SmoothingSchedule.of(smoothing).value(new Epoch(0, 10)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, ''",
        "0.25, 1, ''",
        "1, 1, ''",
        "-0.1, 0.75, ramp",
        "0.5, 1.1, hold",
        "NaN, 0.75, ramp",
        "0.8, 0.7, hold"
    })
    void ramp_and_hold_are_shares_of_the_epochs_in_this_order(double ramp, double hold, String wrong) {
        assertEquals(wrong, String.join(", ", wrongKeys(new LabelSmoothing(-0.05, Course.FRACTION, ramp, hold))));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FRACTION")
    void a_ramp_of_another_schedule_than_fraction_would_do_nothing_and_is_refused(Course course) {
        assertEquals(List.of("ramp"), wrongKeys(new LabelSmoothing(-0.05, course, 0.25, 0.75)));
        assertEquals(List.of("hold"), wrongKeys(new LabelSmoothing(-0.05, course, 0.5, 1)));
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
