package org.obverse.plugins.shared;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.obverse.testkit.junit.ConformanceTests;

class ConformanceTest {
    @TestFactory
    Stream<DynamicTest> the_plugin_keeps_the_rules() {
        return ConformanceTests.of("folder-store");
    }
}
