package org.obverse.testkit.junit;

import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.TorchSettings;
import org.obverse.testkit.rule.Conformance;
import org.obverse.testkit.rule.Finding;
import org.obverse.testkit.rule.Rule;

/**
 * One JUnit test per rule and component of a plugin.
 *
 * <pre>{@code
 * class MyPluginTest {
 *     @TestFactory
 *     Stream<DynamicTest> my_plugin_keeps_the_rules() {
 *         return ConformanceTests.of("my-plugin");
 *     }
 * }
 * }</pre>
 */
public final class ConformanceTests {
    private ConformanceTests() {}

    /**
     * @param id of a plugin on the class path
     */
    public static Stream<DynamicTest> of(String id) {
        Registry registry = Registry.ofClassPath();
        LoadedPlugin plugin = registry.plugins().stream()
                .filter(loaded -> loaded.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no plugin '" + id + "' is on the class path"));
        Conformance conformance = new Conformance(plugin, registry, TorchSettings.defaults(), Conformance.unwatched());
        return conformance
                .pending()
                .map(pending -> DynamicTest.dynamicTest(
                        pending.component() + ": " + pending.rule().id(), () -> report(pending)))
                .onClose(conformance::close);
    }

    private static void report(Conformance.Pending pending) {
        Finding finding = pending.judge().get();
        Assumptions.assumeFalse(
                finding.verdict() == Finding.Verdict.BESIDE_THE_POINT, () -> "not applicable: " + finding.reason());
        Assumptions.assumeFalse(finding.verdict() == Finding.Verdict.NOT_TRIED, () -> "not tried: " + finding.reason());
        String message = "%s %s%n%s%nlook at: %s"
                .formatted(finding.component(), finding.reason(), finding.sentence(), finding.lookAt());
        if (pending.rule().level() == Rule.Level.SHOULD) {
            Assumptions.assumeTrue(finding.verdict() == Finding.Verdict.KEPT, message);
        }
        Assertions.assertEquals(Finding.Verdict.KEPT, finding.verdict(), message);
    }
}
