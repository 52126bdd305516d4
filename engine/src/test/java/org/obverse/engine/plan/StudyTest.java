package org.obverse.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.engine.plan.PlanFixture.DATA;
import static org.obverse.engine.plan.PlanFixture.GENERATOR;
import static org.obverse.engine.plan.PlanFixture.PLAN;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Dataset;
import org.obverse.engine.plan.Cell.Coordinate;
import org.obverse.engine.plan.FixturePlugin.AdamKeys;
import org.obverse.engine.plan.FixturePlugin.Loss;
import org.obverse.engine.plan.FixturePlugin.SmoothingKeys;

class StudyTest {
    private static final String DEFENDED = DATA + GENERATOR
            + "target: { classifier: { use: linear }, defense: [ { use: smoothing, from: 0 } ] }\n"
            + "attack: { use: climb }\n";
    private static final String SWEEP = "name: sweep\n" + DEFENDED + """
            study:
              axes:
                target.defense.0.alpha: [0.1, 0, -0.05]
                attack.stages.optimize.loss: [poincare, cross-entropy]
            """;

    private final PlanFixture fixture = new PlanFixture();

    private List<String> names(String text, String... overrides) {
        return fixture.study(text, overrides).cells().stream().map(Cell::name).toList();
    }

    @Test
    void without_axes_there_is_one_cell_with_the_plans_name() {
        assertEquals(List.of("plan"), names(PLAN));
        assertEquals("plan", fixture.plan(PLAN).name());
    }

    @Test
    void there_is_one_cell_per_combination_with_the_first_axis_outermost() {
        assertEquals(
                List.of(
                        "alpha=0.1,loss=poincare",
                        "alpha=0.1,loss=cross-entropy",
                        "alpha=0,loss=poincare",
                        "alpha=0,loss=cross-entropy",
                        "alpha=-0.05,loss=poincare",
                        "alpha=-0.05,loss=cross-entropy"),
                names(SWEEP));
    }

    @Test
    void every_cell_has_its_own_values_name_and_coordinates() {
        Cell cell = fixture.study(SWEEP).cells().get(5);
        assertEquals("sweep-alpha=-0.05,loss=cross-entropy", cell.plan().name());
        assertEquals(
                List.of(
                        new Coordinate("target.defense.0.alpha", "alpha", "-0.05"),
                        new Coordinate("attack.stages.optimize.loss", "loss", "cross-entropy")),
                cell.coordinates());
        assertEquals(
                new SmoothingKeys(-0.05, 0),
                cell.plan().target("target").defense().get(0).configuration());
        AdamKeys adam = (AdamKeys)
                cell.plan().attack().get(0).optimize().get(0).component().configuration();
        assertEquals(Loss.CROSS_ENTROPY, adam.loss());
    }

    @Test
    void the_resolved_plan_of_a_cell_reads_back_equal() {
        for (Cell cell : fixture.study(SWEEP).cells()) {
            assertEquals(cell.plan(), fixture.plan(PlanWriter.yaml(cell.plan())));
        }
    }

    @Test
    void axes_with_the_same_last_key_are_told_apart() {
        assertEquals(
                List.of("sample.use=pool,optimize.use=adam", "sample.use=pool,optimize.use=walk"),
                names(
                        DEFENDED
                                + "study: { axes: { attack.stages.sample.use: [pool], attack.stages.optimize.use: [adam, walk] } }"));
    }

    @Test
    void whole_components_and_lists_can_be_varied() {
        assertEquals(
                List.of("defense=none", "defense=smoothing-alpha=0.1", "defense=smoothing-alpha=0.2+rounding"),
                names(DEFENDED
                        + "study: { axes: { target.defense: [ [], [ { use: smoothing, alpha: 0.1 } ],"
                        + " [ { use: smoothing, alpha: 0.2 }, { use: rounding } ] ] } }"));
    }

    @Test
    void values_that_would_share_a_directory_are_numbered() {
        assertEquals(
                List.of("weights=a-b-1", "weights=a-b-2"),
                names(DEFENDED + "study: { axes: { generator.weights: [a/b, 'a b'] } }"));
    }

    @Test
    void a_value_that_is_given_twice_is_refused() {
        assertEquals(
                List.of("line 5, study.axes.target.defense.0.alpha: the number 0.5 is given twice;"
                        + " list each value once"),
                fixture.refused(DEFENDED + "study: { axes: { target.defense.0.alpha: [0.5, 0.5] } }"));
    }

    @Test
    void a_misspelt_axis_is_an_unknown_key_once() {
        assertEquals(
                List.of("line 6, target.defense.0.alpa: there is no key 'alpa' here;"
                        + " did you mean 'alpha'? known keys: alpha, from, use"),
                fixture.refused(DEFENDED + "study:\n  axes: { target.defense.0.alpa: [1, 2, 3] }"));
    }

    @Test
    void a_wrong_value_on_an_axis_is_found_with_its_line() {
        assertEquals(
                List.of("line 9, target.defense.0.alpha: 3.0 is more than 1; use a value in (-inf, 1]"),
                fixture.refused(DEFENDED + "study:\n  axes:\n    target.defense.0.alpha:\n      - 1\n      - 3\n"));
    }

    @Test
    void an_axis_into_a_list_that_is_too_short_is_refused() {
        assertEquals(
                List.of("line 5, target.defense.1: 'target.defense' is a list of 1 and has no item '1';"
                        + " use an index from 0 to 0"),
                fixture.refused(DEFENDED + "study: { axes: { target.defense.1.alpha: [1] } }"));
    }

    @Test
    void a_study_needs_axes_with_values() {
        assertEquals(
                List.of("line 5, study: a study needs axes; write axes: { dotted.key: [value, …] } or drop the study"),
                fixture.refused(DEFENDED + "study: {}"));
        assertEquals(
                List.of("line 5, study.axes.name: expected a list of values, found the text 'x';"
                        + " write [value, …] with at least one value"),
                fixture.refused(DEFENDED + "study: { axes: { name: x } }"));
        assertEquals(
                List.of("line 5, study.axis: there is no key 'axis' here; did you mean 'axes'? known keys: axes"),
                fixture.refused(DEFENDED + "study: { axes: { seeds.split: [1] }, axis: 1 }"));
    }

    @Test
    void overrides_replace_keys_of_the_file() {
        Plan plan = fixture.plan(
                DEFENDED, "target.defense.0.alpha=-0.1", "execution.batch=7", "attack.classes=[1, 2]", "name=other");
        assertEquals(
                new SmoothingKeys(-0.1, 0),
                plan.target("target").defense().get(0).configuration());
        assertEquals(7, plan.execution().batch());
        assertEquals(List.of(1, 2), plan.attack().get(0).classes().of(Dataset.numbered(9)));
        assertEquals("other", plan.name());
    }

    @Test
    void an_override_of_a_key_that_does_not_exist_is_refused() {
        assertEquals(
                List.of(
                        "execution.bacth: there is no key 'bacth' here;"
                                + " did you mean 'batch'? known keys: batch, cudnn, device, on-out-of-memory, tf32, threads, workers"),
                fixture.refused(DEFENDED, "execution.bacth=7"));
        assertEquals(
                List.of("atack: there is no key 'atack' here; did you mean 'attack'? known keys: attack, data,"
                        + " evaluation, execution, generator, listeners, metrics, name, seeds, study, target, targets"),
                fixture.refused(DEFENDED, "atack.classes=[1]"));
        assertEquals(
                List.of("name.x: 'name' is the text 'n' and has no keys; override name itself"),
                fixture.refused("name: n\n" + DEFENDED, "name.x=1"));
    }

    @Test
    void an_override_without_an_equals_sign_is_refused() {
        assertEquals(
                List.of("-o batch: this is no override; write key=value with a dotted key"),
                fixture.refused(DEFENDED, "batch"));
    }

    @Test
    void an_override_of_an_axis_would_change_nothing_and_is_refused() {
        assertEquals(
                List.of("target.defense.0.alpha: the study varies this key, so that an override of it would change"
                        + " nothing; override study.axes.target.defense.0.alpha=[…]"),
                fixture.refused(SWEEP, "target.defense.0.alpha=1"));
    }

    @Test
    void an_axis_can_be_overridden() {
        assertEquals(
                List.of("alpha=0.5,loss=poincare", "alpha=0.5,loss=cross-entropy"),
                names(SWEEP, "study.axes.target.defense.0.alpha=[0.5]"));
    }
}
