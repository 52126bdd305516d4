package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.Score;

/** Metrics that judge what another stage than the last one found. */
final class JudgedStageTest {
    private static final String PLAN = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 1, batch: 5 } }
            generator: { use: plane }
            attack: { use: tiny, stages: { select: { use: first } } }
            metrics: [ { use: count }, { use: count, of: sample }, { use: count, of: optimize } ]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    @BeforeEach
    void load() {
        runner = new Runner(Registry.of(List.of(new TinyPlugin())), folder);
    }

    @Test
    void figures_of_another_stage_are_of_its_candidates_and_named_after_it() {
        runner.run(PLAN, "judged", "runs");

        Map<String, Double> figures = new TreeMap<>();
        for (Score score : runner.record("judged", "judged", "runs").scores()) {
            ((Score.Measured) score).figures().forEach(figure -> figures.put(figure.name(), figure.value()));
        }
        assertEquals(Map.of("candidates", 4.0, "sampled candidates", 8.0, "optimized candidates", 8.0), figures);
    }

    @Test
    void a_selection_that_changes_leaves_the_figures_of_the_samples_as_they_are() {
        runner.run(PLAN, "first", "runs");
        runner.told().clear();

        runner.run(PlanText.with(PLAN, "use: first", "use: asking"), "second", "runs");

        assertEquals(1, runner.made("metric").size());
        assertEquals(0, runner.made("optimize").size());
    }

    @Test
    void a_stage_that_finds_nothing_or_is_not_there_is_refused_with_those_that_are() {
        assertEquals(
                List.of(
                        "line 5, metrics.1.of: prepare is no stage that finds candidates; write sample, optimize or select, or drop"
                                + " the key for what the attack delivers"),
                refused(PlanText.with(PLAN, "of: sample", "of: prepare")));
        assertEquals(
                List.of("line 5, metrics.1.of: the attack has no stage 'select'; its stages are: sample, optimize"),
                refused(PlanText.with(
                        PlanText.with(PLAN, ", stages: { select: { use: first } }", ""), "of: sample", "of: select")));
    }

    @Test
    void the_way_of_candidates_is_not_looked_for_behind_a_selection() {
        String plan = PlanText.with(PLAN, "{ use: count, of: sample }", "{ use: way }");

        assertEquals(
                List.of(
                        "line 5, metrics.1: 'way' looks at the way of candidates, of which a selection keeps nothing; judge those that were"
                                + " searched for: add of: optimize"),
                refused(plan));
        runner.run(PlanText.with(plan, "{ use: way }", "{ use: way, of: optimize }"), "way", "runs");
    }

    @Test
    void a_metric_of_a_target_has_no_stage() {
        String plan = PlanText.with(PLAN, "{ use: count, of: sample }", "{ use: curious-of-target, of: sample }");

        assertEquals(
                List.of(
                        "line 5, metrics.1.of: 'curious-of-target' judges a target, whatever an attack finds; drop the key"),
                refused(plan));
    }

    private List<String> refused(String plan) {
        return assertThrows(InvalidConfigurationException.class, () -> runner.run(plan, "refused", "runs"))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }
}
