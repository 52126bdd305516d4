package org.obverse.plugins.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.testkit.Workbench;

class ConfigurationTest {
    private static final Workbench BENCH = Workbench.of(ConfigurationTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void each_filter_lets_through_what_its_answer_is_made_of() {
        Map<String, Access> limits = new TreeMap<>();
        for (Component<?, ?> component : plugin().components()) {
            Defense defense = BENCH.with(component).create(Kind.DEFENSE, Use.of(component.name()));
            limits.put(component.name(), ((OutputFilter) defense.parts().get(0)).limit());
        }

        assertEquals(
                Map.of(
                        "label-only", Access.LABELS,
                        "top-k", Access.SCORES,
                        "rounding", Access.SCORES,
                        "temperature", Access.LOGITS,
                        "output-noise", Access.LOGITS),
                limits);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void less_than_one_class_is_refused(int k) {
        assertEquals(List.of("k"), wrongKeys(new TopK(k)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 16})
    void decimals_that_a_score_does_not_have_are_refused(int decimals) {
        assertEquals(List.of("decimals"), wrongKeys(new Rounding(decimals)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_temperature_that_is_not_positive_and_finite_is_refused(double temperature) {
        assertEquals(List.of("temperature"), wrongKeys(new Temperature(temperature)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void a_deviation_that_is_negative_or_not_finite_is_refused(double sigma) {
        assertEquals(List.of("sigma"), wrongKeys(new OutputNoise(sigma)));
    }

    @Test
    void the_ends_of_each_range_are_accepted() {
        for (Checked accepted :
                List.of(new TopK(1), new Rounding(0), new Rounding(15), new Temperature(1e-3), new OutputNoise(0))) {
            assertEquals(List.of(), wrongKeys(accepted), accepted::toString);
        }
    }

    private static Plugin plugin() {
        return ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("output-filters"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> wrongKeys(Checked configuration) {
        return configuration.check().stream().map(Problem::path).toList();
    }
}
