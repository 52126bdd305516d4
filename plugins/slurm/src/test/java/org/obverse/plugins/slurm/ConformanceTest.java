package org.obverse.plugins.slurm;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.obverse.testkit.junit.ConformanceTests;

/** With programs of Slurm's names in {@code src/test/slurm}. */
class ConformanceTest {
    @TestFactory
    Stream<DynamicTest> the_plugin_keeps_the_rules() {
        return ConformanceTests.of("slurm");
    }
}
