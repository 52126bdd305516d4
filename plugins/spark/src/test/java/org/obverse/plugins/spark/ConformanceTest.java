package org.obverse.plugins.spark;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.obverse.testkit.junit.ConformanceTests;

/** With a {@code spark-submit} that stands in for Spark's, in {@code src/test/spark}. */
class ConformanceTest {
    @TestFactory
    Stream<DynamicTest> the_plugin_keeps_the_rules() {
        return ConformanceTests.of("spark");
    }
}
