package org.obverse.plugins.bido;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;

class ConfigurationTest {
    private static final List<String> TAPS = List.of("stage1", "stage2");

    @Test
    void the_defaults_are_usable() {
        assertEquals(List.of(), wrongKeys(BidoHsic.DEFAULT));
        assertEquals(List.of(), wrongKeys(BidoCoco.DEFAULT));
    }

    @Test
    void weights_of_0_are_accepted_so_that_a_study_may_switch_the_defense_off() {
        assertEquals(List.of(), wrongKeys(new BidoHsic(TAPS, 0, 0, 5, 1e-5)));
        assertEquals(List.of(), wrongKeys(new BidoCoco(TAPS, 0, 0, 5, Norm.FROBENIUS)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void negative_and_endless_weights_are_refused(double weight) {
        List<String> both = List.of("input-weight", "label-weight");
        assertEquals(both, wrongKeys(new BidoHsic(TAPS, weight, weight, 5, 1e-5)));
        assertEquals(both, wrongKeys(new BidoCoco(TAPS, weight, weight, 5, Norm.SPECTRAL)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -5, Double.NaN, Double.POSITIVE_INFINITY})
    void a_kernel_needs_a_width(double sigma) {
        assertEquals(List.of("sigma"), wrongKeys(new BidoHsic(TAPS, 1, 1, sigma, 1e-5)));
        assertEquals(List.of("sigma"), wrongKeys(new BidoCoco(TAPS, 1, 1, sigma, Norm.SPECTRAL)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1e-5, 1e-13, Double.NaN, Double.POSITIVE_INFINITY})
    void a_ridge_that_does_not_make_kernels_invertible_is_refused(double epsilon) {
        assertEquals(List.of("epsilon"), wrongKeys(new BidoHsic(TAPS, 1, 1, 5, epsilon)));
    }

    @Test
    void activations_are_named_once_each_and_at_least_one() {
        assertEquals(List.of("taps"), wrongKeys(new BidoHsic(List.of(), 1, 1, 5, 1e-5)));
        assertEquals(List.of("taps"), wrongKeys(new BidoCoco(List.of("a", "b", "a"), 1, 1, 5, Norm.SPECTRAL)));
    }

    @Test
    void all_problems_are_reported_at_once() {
        assertEquals(
                List.of("taps", "input-weight", "label-weight", "sigma", "epsilon"),
                wrongKeys(new BidoHsic(List.of(), -1, -1, 0, 0)));
    }

    @Test
    void the_plugin_brings_two_defenses() {
        Plugin plugin = ServiceLoader.load(Plugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.id().equals("bido"))
                .findFirst()
                .orElseThrow();

        assertEquals(
                List.of("bido-hsic", "bido-coco"),
                plugin.components().stream().map(Component::name).toList());
        assertEquals(
                List.of(Kind.DEFENSE, Kind.DEFENSE),
                plugin.components().stream().map(Component::kind).toList());
    }

    private static List<String> wrongKeys(Checked configuration) {
        return configuration.check().stream().map(Problem::path).toList();
    }
}
