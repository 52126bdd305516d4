package org.obverse.engine.plan;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plugin.Registry;

/** Plans of the fixture plugin. */
final class PlanFixture {
    static final String DATA = "data: { use: squares }\n";
    static final String TARGET = "target: { classifier: { use: linear } }\n";
    static final String GENERATOR = "generator: { use: blobs }\n";
    static final String ATTACK = "attack: { use: climb }\n";
    /** The smallest plan with every section that an attack needs. */
    static final String PLAN = DATA + TARGET + GENERATOR + ATTACK;

    private final Registry registry = Registry.of(List.of(new FixturePlugin()));

    Registry registry() {
        return registry;
    }

    Study study(String text, String... overrides) {
        return new PlanReader(registry).read(text, "plan.yaml", "plan", List.of(overrides));
    }

    Cell cell(String text, String... overrides) {
        return study(text, overrides).cells().get(0);
    }

    Plan plan(String text, String... overrides) {
        return cell(text, overrides).plan();
    }

    List<String> refused(String text, String... overrides) {
        return assertThrows(InvalidConfigurationException.class, () -> study(text, overrides)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }
}
