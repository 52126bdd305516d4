package org.obverse.plugins.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

class SyntheticFacesConfigurationTest {
    @Test
    void the_defaults_are_those_of_the_benchmark_and_have_no_problem() {
        assertEquals(
                new SyntheticFacesConfiguration(50, 8, 100, 25, 20_000, 0.04, 0, 1, 0.4, 32, People.PRIVATE),
                SyntheticFacesConfiguration.DEFAULT);
        assertEquals(List.of(), SyntheticFacesConfiguration.DEFAULT.check());
    }

    @Test
    void the_limits_themselves_are_allowed() {
        assertEquals(List.of(), new SyntheticFacesConfiguration(2, 1, 1, 1, 1, 0, 0, 0, 0, 8, People.PRIVATE).check());
        assertEquals(
                List.of(), new SyntheticFacesConfiguration(2, 3, 3, 1, 1, 1, 1, 1, 1, 512, People.PRIVATE).check());
    }

    @Test
    void all_problems_are_reported_at_once() {
        SyntheticFacesConfiguration wrong = new SyntheticFacesConfiguration(
                1, 0, 0, 0, 0, -0.1, Double.NaN, 1.1, Double.POSITIVE_INFINITY, 7, People.PRIVATE);

        assertEquals(
                List.of(
                        "identities",
                        "training-per-identity",
                        "pool-per-identity",
                        "test-per-identity",
                        "public-images",
                        "private-noise",
                        "public-noise",
                        "private-align",
                        "public-align",
                        "resolution"),
                paths(wrong));
    }

    @Test
    void a_pool_smaller_than_the_training_part_is_refused() {
        assertEquals(
                List.of("training-per-identity"),
                paths(new SyntheticFacesConfiguration(2, 8, 7, 1, 1, 0, 0, 1, 1, 32, People.PRIVATE)));
    }

    @Test
    void more_images_than_can_be_numbered_are_refused() {
        assertEquals(
                List.of("pool-per-identity", "test-per-identity"),
                paths(new SyntheticFacesConfiguration(
                        1 << 16, 1, 1 << 15, 1 << 15, 1, 0, 0, 1, 1, 32, People.PRIVATE)));
    }

    @Test
    void every_key_has_a_meaning() {
        for (RecordComponent key : SyntheticFacesConfiguration.class.getRecordComponents()) {
            assertNotNull(key.getAnnotation(Meaning.class), key.getName());
        }
    }

    private static List<String> paths(SyntheticFacesConfiguration configuration) {
        return configuration.check().stream().map(Problem::path).toList();
    }
}
