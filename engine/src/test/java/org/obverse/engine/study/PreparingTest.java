package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.study.PlanText.with;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.attack.Preparer.Figure;
import org.obverse.api.attack.Preparer.Made;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plugin.Registry;

/** What is prepared belongs to the target that was asked, or to nobody. */
final class PreparingTest {
    private static final String TWO_TARGETS = "study: { axes: { target.training.epochs: [ 2, 3 ] } }\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final PreparingPlugin plugin = new PreparingPlugin();

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    @BeforeEach
    void load() {
        runner = new Runner(Registry.of(List.of(new TinyPlugin(), plugin)), folder);
    }

    private static String plan(String preparer) {
        return """
                data: { use: dots }
                target: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } }
                attack: { use: tiny, stages: { prepare: { use: %s } } }
                metrics: [ { use: count } ]
                """.formatted(preparer);
    }

    @Test
    void what_was_prepared_against_one_target_is_not_used_against_another() {
        run(plan("asking") + TWO_TARGETS, "study");

        assertEquals(2, plugin.prepared.get());
        List<RunFact.Completed> made = completed("prepare");
        assertEquals(2, made.size());
        assertNotEquals(made.get(0).digest(), made.get(1).digest());
    }

    @Test
    void what_was_prepared_against_a_target_is_not_used_against_one_that_answers_otherwise() {
        String guarded = with(plan("asking"), "target: {", "target: { access: labels, defense: [ { use: mute } ],");
        run(with(plan("asking"), "target: {", "target: { access: labels,"), "open");
        run(guarded, "guarded");

        assertEquals(
                List.of(),
                runner.made("target").subList(1, runner.made("target").size()),
                "one network");
        assertEquals(2, plugin.prepared.get());
    }

    @Test
    void the_same_target_finds_what_was_prepared_against_it() {
        run(plan("asking"), "one");
        run(with(plan("asking"), "{ use: asking }", "{ use: asking }, optimize: { factor: 0.25 }"), "two");

        assertEquals(1, plugin.prepared.get());
    }

    @Test
    void what_was_prepared_without_asking_is_shared_by_all_targets_of_a_study() {
        run(plan("blind") + TWO_TARGETS, "study");

        assertEquals(1, plugin.prepared.get());
        assertEquals(2, completed("target").size());
    }

    @Test
    void what_was_prepared_without_asking_is_shared_whatever_access_later_stages_have() {
        run(plan("blind"), "one");
        run(with(plan("blind"), "target: {", "target: { access: labels, budget: { optimize: 50 },"), "two");

        assertEquals(1, plugin.prepared.get());
    }

    @Test
    void what_is_prepared_depends_on_the_data() {
        run(plan("blind"), "one");
        run(with(plan("blind"), "use: dots", "use: dots, classes: 3"), "two");

        assertEquals(2, plugin.prepared.get());
    }

    @Test
    void questions_while_preparing_are_counted_and_stored() {
        run(plan("asking"), "one");

        assertEquals(Map.of("labels", 6L), completed("prepare").get(0).summary().queries());
    }

    @Test
    void a_preparer_may_pass_on_the_plans_generator_that_it_declared() {
        assertEquals(
                Outcome.DONE,
                run(plan("passing") + "generator: { use: plane }\n", "one").outcome());
    }

    @Test
    void a_preparer_that_passes_on_a_generator_without_having_declared_it_fails() {
        Runs.StudyResult result = run(plan("grabbing") + "generator: { use: plane }\n", "one");

        assertEquals(Outcome.FAILED, result.outcome());
        String message = String.valueOf(result.reasons().get(0).getMessage());
        assertTrue(message.contains("'grabbing'") && message.contains("Requirements.generator"), message);
    }

    @Test
    void what_a_preparer_tells_is_a_figure_of_its_unit_and_of_the_record_also_where_it_is_reused() {
        run(plan("telling"), "one");

        assertEquals(
                Map.of("size", 12.0, "agreement", 0.25),
                completed("prepare").get(0).summary().figures());
        List<Figure> told = runner.record("one", "one", "runs").prepared();
        assertEquals(List.of(Figure.of("size", 12, ""), new Figure("agreement", 0.25, "fraction", 0.3)), told);
        assertEquals(List.of(false, true), told.stream().map(Figure::isTooLow).toList());

        run(with(plan("telling"), "{ use: telling }", "{ use: telling }, optimize: { factor: 0.25 }"), "two");

        assertEquals(1, plugin.prepared.get());
        assertEquals(told, runner.record("two", "two", "runs").prepared());
    }

    @Test
    void what_is_told_twice_or_is_no_number_is_refused() {
        Figure figure = Figure.of("size", 1, "");
        Figure unknown = Figure.of("size", Double.NaN, "");

        assertThrows(IllegalArgumentException.class, () -> new Made(Map.of(), List.of(figure, figure)));
        assertThrows(IllegalArgumentException.class, () -> new Made(Map.of(), List.of(unknown)));
    }

    @Test
    void a_preparer_that_does_not_make_the_networks_that_it_declared_fails() {
        Runs.StudyResult result = run(plan("boasting"), "one");

        assertEquals(Outcome.FAILED, result.outcome());
        String message = String.valueOf(result.reasons().get(0).getMessage());
        assertTrue(message.contains("prepares the networks [surrogate], and makes []"), message);
    }

    @Test
    void a_network_that_nobody_declared_to_look_at_is_not_given() {
        Runs.StudyResult result =
                run(with(plan("blind"), "{ use: blind }", "{ use: blind }, optimize: { use: peeking }"), "one");

        assertEquals(Outcome.FAILED, result.outcome());
        String message = String.valueOf(result.reasons().get(0).getMessage());
        assertTrue(message.contains("'peeking' did not declare that it looks at the network 'surrogate'"), message);
    }

    @Test
    void a_network_that_is_not_prepared_is_refused_before_anything_is_trained() {
        String looking = with(plan("blind"), "{ use: blind }", "{ use: blind }, optimize: { use: looking }");

        InvalidConfigurationException refused =
                assertThrows(InvalidConfigurationException.class, () -> run(looking, "one"));

        assertEquals(
                List.of(
                        "line 3, attack.stages.optimize.at: 'looking' looks at the network 'surrogate', and the attack prepares"
                                + " none; write attack.stages.prepare: { use: NAME }; preparers of networks: boasting"),
                refused.problems().stream().map(Problem::toString).toList());
        assertEquals(List.of(), completed("target"));
    }

    @Test
    void a_prepared_generator_that_a_later_stage_cannot_use_is_a_problem_of_the_plan() {
        String picky = with(plan("blind"), "{ use: blind }", "{ use: blind }, optimize: { use: picky }");
        Runs.StudyResult result = run(picky, "one");

        assertEquals(Outcome.FAILED, result.outcome());
        var refusal = assertInstanceOf(
                InvalidConfigurationException.class, result.reasons().get(0).getCause());
        assertEquals(
                List.of("attack.stages.optimize"),
                refusal.problems().stream().map(Problem::path).toList());
        assertEquals(3, refusal.problems().get(0).line());
    }

    private Runs.StudyResult run(String plan, String name) {
        return runner.run(plan, name, "runs");
    }

    private List<RunFact.Completed> completed(String slot) {
        return runner.made().values().stream()
                .filter(fact -> fact.unit().slot().equals(slot))
                .toList();
    }
}
