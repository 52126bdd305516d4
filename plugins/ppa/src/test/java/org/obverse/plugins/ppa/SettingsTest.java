package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Yaml;

class SettingsTest {
    @Test
    void the_defaults_are_free_of_problems() {
        assertEquals(List.of(), PpaSettings.DEFAULT.check());
        assertEquals(List.of(), PoolSettings.DEFAULT.check());
        assertEquals(List.of(), StoredPointsSettings.DEFAULT.check());
        assertEquals(List.of(), DescentSettings.DEFAULT.check());
        assertEquals(List.of(), SelectionSettings.DEFAULT.check());
        assertEquals(List.of(), ReferencePpaSettings.DEFAULT.check());
        assertEquals(List.of(), ReferencePoolSettings.DEFAULT.check());
        assertEquals(List.of(), ReferenceDescentSettings.DEFAULT.check());
        assertEquals(List.of(), ReferenceSelectionSettings.DEFAULT.check());
    }

    @Test
    void more_candidates_than_the_pool_are_refused_with_both_numbers() {
        Problem problem =
                problems(PoolSettings.DEFAULT, "{pool: 10, candidates: 11}").get(0);

        assertEquals("candidates", problem.path());
        assertEquals("11 candidates per class cannot be chosen from a pool of 10", problem.message());
    }

    @Test
    void no_advice_is_given_that_cannot_be_followed() {
        for (Problem problem : problems(PoolSettings.DEFAULT, "{pool: -1}")) {
            assertEquals("use at least 1", problem.wayOut());
        }
        for (Problem problem : problems(PpaSettings.DEFAULT, "{candidates: -1}")) {
            assertEquals("use at least 1", problem.wayOut());
        }
    }

    @Test
    void everything_that_is_wrong_is_shown_at_once() {
        List<String> keys =
                problems(DescentSettings.DEFAULT, "{steps: 0, learning-rate: 0, beta1: 1, epsilon: 0}").stream()
                        .map(Problem::path)
                        .toList();

        assertEquals(List.of("steps", "learning-rate", "beta1", "epsilon"), keys);
    }

    @ParameterizedTest
    @CsvSource({
        "results, {results: 300}",
        "candidates, '{candidates: 0, results: 0}'",
        "results, {results: -1}",
        "center-crop, {center-crop: -1}",
        "resize, {resize: -1}"
    })
    void the_attack_refuses(String key, String given) {
        assertRefused(key, PpaSettings.DEFAULT, given);
    }

    @ParameterizedTest
    @CsvSource({
        "pool, '{pool: 0, candidates: 0}'",
        "candidates, {candidates: 0}",
        "truncation-psi, {truncation-psi: .nan}",
        "truncation-cutoff, {truncation-cutoff: -1}",
        "batch, {batch: 0}",
        "center-crop, {center-crop: -1}"
    })
    void the_sampler_refuses(String key, String given) {
        assertRefused(key, PoolSettings.DEFAULT, given);
    }

    @ParameterizedTest
    @CsvSource({"file, {file: ''}", "candidates, {candidates: 0}"})
    void the_sampler_of_a_file_refuses(String key, String given) {
        assertRefused(key, StoredPointsSettings.DEFAULT, given);
    }

    @ParameterizedTest
    @CsvSource({
        "milestones, {milestones: [50]}",
        "milestones, {milestones: [0]}",
        "milestone-factor, {milestone-factor: 0}",
        "beta2, {beta2: -0.1}",
        "weight-decay, {weight-decay: -1}",
        "discriminator-weight, {discriminator-weight: -1}",
        "random-crop.min-area, {random-crop: {min-area: 0}}",
        "resize, {resize: -1}"
    })
    void the_optimizer_refuses(String key, String given) {
        assertRefused(key, DescentSettings.DEFAULT, given);
    }

    @ParameterizedTest
    @CsvSource({
        "results, {results: 0}",
        "iterations, {iterations: 0}",
        "view-size, {view-size: -1}",
        "flip-probability, {flip-probability: 1.5}",
        "random-crop.min-ratio, {random-crop: {min-ratio: 2}}",
        "center-crop, {center-crop: -1}"
    })
    void the_selector_refuses(String key, String given) {
        assertRefused(key, SelectionSettings.DEFAULT, given);
    }

    static Stream<Arguments> reference() {
        return Stream.of(
                Arguments.of(ReferencePpaSettings.DEFAULT, "method.results"),
                Arguments.of(ReferencePoolSettings.DEFAULT, "method.candidates"),
                Arguments.of(ReferenceDescentSettings.DEFAULT, "method.steps"),
                Arguments.of(ReferenceSelectionSettings.DEFAULT, "method.results"));
    }

    @ParameterizedTest
    @MethodSource("reference")
    void the_reference_refuses_what_the_method_refuses_and_seeds_beyond_32_bits(Record defaults, String key) {
        String inner = key.substring("method.".length());

        assertRefused(key, defaults, "{method: {%s: -1}}".formatted(inner));
        assertRefused("seed", defaults, "{seed: -1}");
        assertRefused("seed", defaults, "{seed: 4294967296}");
        assertEquals(List.of(), problems(defaults, "{seed: 4294967295}"));
    }

    private static void assertRefused(String key, Record defaults, String given) {
        List<String> keys =
                problems(defaults, given).stream().map(Problem::path).toList();
        assertEquals(true, keys.contains(key), () -> keys + " lacks " + key);
    }

    private static List<Problem> problems(Record defaults, String given) {
        Binder binder = new Binder();
        Record bound = binder.bind(defaults, (Node.Mapping) Yaml.read(given, "test"), "");
        assertEquals(defaults.getClass(), bound.getClass());
        return binder.problems();
    }
}
