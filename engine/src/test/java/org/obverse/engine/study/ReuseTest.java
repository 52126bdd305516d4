package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.engine.plugin.Registry;

/** What a second run on the same store performs, by its journal: what the plan made different, and nothing else. */
final class ReuseTest {
    private static final String JUDGE = "judge: { classifier: { use: linear }, training: { epochs: 1 } }";
    private static final String PLAN = """
            data: { use: dots }
            targets: { a: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } }, b: { like: a, seed: 2 } }
            evaluation: { %s }
            generator: { use: plane }
            attack: { use: tiny, target: a, stages: { select: { use: asking } } }
            metrics: [ { use: count }, { use: judged, judge: judge } ]
            execution: { workers: 2, batch: 4 }
            """.formatted(JUDGE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    @BeforeEach
    void load() {
        runner = new Runner(Registry.of(List.of(new TinyPlugin())), folder);
        assertEquals(
                Map.of(
                        "data",
                        1,
                        "target",
                        2,
                        "evaluation",
                        1,
                        "generator",
                        1,
                        "sample",
                        1,
                        "optimize",
                        2,
                        "select",
                        2,
                        "metric",
                        2,
                        "gallery",
                        1),
                second(PLAN, "first"));
    }

    @Test
    void the_same_plan_performs_nothing() {
        assertEquals(Map.of(), second(PLAN));
    }

    @Test
    void more_workers_perform_nothing() {
        assertEquals(Map.of(), second(with("workers: 2", "workers: 1")));
    }

    @Test
    void another_batch_trains_neither_target_nor_evaluation_model_again() {
        assertEquals(
                Map.of("sample", 1, "optimize", 4, "select", 4, "metric", 2, "gallery", 1),
                second(with("batch: 4 }", "batch: 2 }")));
    }

    @Test
    void a_stray_file_named_like_a_component_or_a_value_changes_nothing() throws IOException {
        for (String name : List.of("linear", "dots", "plane", "tiny", "random", "a", "2", "judge")) {
            Files.writeString(folder.resolve(name), "a file that no key names");
        }

        assertEquals(Map.of(), second(PLAN));
    }

    @Test
    void an_evaluation_model_that_no_metric_names_changes_no_metric_and_no_pictures() {
        String nobody = JUDGE + ", nobody: { like: judge, seed: 9 }";

        assertEquals(Map.of("evaluation", 1), second(with(JUDGE, nobody)));
    }

    @Test
    void another_target_of_the_selection_changes_the_selection_and_what_judges_it_and_nothing_else() {
        assertEquals(
                Map.of("select", 2, "metric", 2, "gallery", 1), second(with("use: asking", "use: asking, target: b")));
    }

    @Test
    void models_in_another_order_are_the_same_models() {
        String reordered = with(
                "targets: { a: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } }, b: { like: a, seed: 2 } }",
                "targets: { b: { like: a, seed: 2 }, a: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } } }");

        assertEquals(Map.of(), second(reordered));
    }

    @Test
    void another_parameter_of_a_stage_changes_it_and_what_comes_behind_it() {
        assertEquals(
                Map.of("optimize", 2, "select", 2, "metric", 2, "gallery", 1),
                second(with("stages: {", "stages: { optimize: { factor: 0.25 },")));
    }

    @Test
    void another_budget_of_a_stage_changes_it_and_trains_nothing() {
        assertEquals(
                Map.of("optimize", 2, "select", 2, "metric", 2, "gallery", 1),
                second(with("a: { classifier", "a: { budget: { optimize: 50 }, classifier")));
    }

    @Test
    void what_judges_do_not_see_of_the_data_trains_none_of_them_again() {
        String portioned = with("use: dots", "use: portioned-dots, training: 5");
        assertEquals(1, second(portioned, "whole").get("pool"));

        assertEquals(
                Map.of("data", 1, "target", 2, "optimize", 2, "select", 2, "metric", 2, "gallery", 1),
                second(PlanText.with(portioned, "training: 5", "training: 3"), "less"));
    }

    @Test
    void a_cell_whose_data_are_configured_as_judges_see_them_has_its_facts_nevertheless() {
        String both = with("use: dots", "use: portioned-dots, training: 5")
                + "study: { axes: { data.training: [ 5, 1 ] } }\n";

        assertEquals(2, second(both, "both").get("data"));

        String least = runner.study(both, "both").cells().get(1).name();
        assertEquals("4", runner.record("both", least, "runs").data().get("classes"));
    }

    @Test
    void a_new_metric_is_measured_and_nothing_else() {
        assertEquals(Map.of("metric", 1), second(with("metrics: [", "metrics: [ { use: undefined },")));
    }

    @Test
    void a_weights_file_counts_with_what_it_holds_and_not_with_where_it_lies() throws IOException {
        Files.write(folder.resolve("weights"), LinearWeights.of(4, 1));
        String loaded = with("training: { epochs: 2, batch: 5 } }, b: { like: a, seed: 2 }", "weights: weights }");
        second(loaded, "loaded");
        Files.move(folder.resolve("weights"), folder.resolve("moved"));

        assertEquals(Map.of(), second(PlanText.with(loaded, "weights: weights", "weights: moved"), "moved"));

        Files.write(folder.resolve("moved"), LinearWeights.of(4, 2));
        assertEquals(
                Map.of("target", 1, "optimize", 2, "select", 2, "metric", 2, "gallery", 1),
                second(PlanText.with(loaded, "weights: weights", "weights: moved"), "other"));
    }

    private static String with(String before, String after) {
        return PlanText.with(PLAN, before, after);
    }

    private Map<String, Integer> second(String plan) {
        return second(plan, "second");
    }

    /** How many units of each slot were performed. */
    private Map<String, Integer> second(String plan, String name) {
        assertEquals(Outcome.DONE, runner.run(plan, name, "runs").outcome());
        Map<String, Integer> performed = new TreeMap<>();
        runner.performed(name, "runs")
                .forEach(unit -> performed.merge(unit.substring(0, unit.indexOf('/')), 1, Integer::sum));
        return performed;
    }
}
