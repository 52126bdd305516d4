package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attacks that begin with another plugin's component, each from a folder of its own as a third party's would be: what passes from stage
 * to stage is then of classes that only the api's types have in common.
 */
final class OwnFolderIT {
    @ParameterizedTest
    @ValueSource(strings = {"rlb-mi", "mirror", "cma-es", "if-gmi", "lokt"})
    void an_attack_that_begins_with_anothers_sampler_keeps_the_rules(String plugin) {
        Invocation check =
                Invocation.of("check", Path.of("../plugins").resolve(plugin).resolve("target/plugin"));

        assertEquals(0, check.code(), check.out() + check.err());
        assertTrue(check.out().contains(" 0 broken"), check.out());
    }
}
