package org.obverse.plugins.mid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;

class ConfigurationTest {
    @Test
    void the_defaults_are_usable() {
        assertEquals(List.of(), wrongKeys(Mid.DEFAULT));
    }

    @Test
    void a_weight_of_0_is_accepted_so_that_a_study_may_compare_with_it() {
        assertEquals(List.of(), wrongKeys(new Mid(0, 1, InferenceNoise.MEAN)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void negative_and_endless_weights_are_refused(double weight) {
        assertEquals(List.of("weight"), wrongKeys(new Mid(weight, 16, InferenceNoise.SAMPLE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void something_must_pass_the_bottleneck(int size) {
        assertEquals(List.of("bottleneck"), wrongKeys(new Mid(0.1, size, InferenceNoise.SAMPLE)));
    }

    @Test
    void all_problems_are_reported_at_once() {
        assertEquals(List.of("weight", "bottleneck"), wrongKeys(new Mid(-1, 0, InferenceNoise.SAMPLE)));
    }

    @Test
    void the_plugin_brings_one_defense() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("mid"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of("mid"),
                plugin.components().stream().map(Component::name).toList());
        assertEquals(Kind.DEFENSE, plugin.components().get(0).kind());
    }

    private static List<String> wrongKeys(Mid configuration) {
        return configuration.check().stream().map(Problem::path).toList();
    }
}
