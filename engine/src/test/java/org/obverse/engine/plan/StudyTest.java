package org.obverse.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.plan.PlanFixture.DATA;
import static org.obverse.engine.plan.PlanFixture.GENERATOR;
import static org.obverse.engine.plan.PlanFixture.PLAN;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.obverse.api.data.Dataset;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plan.Cell.Coordinate;
import org.obverse.engine.plan.FixturePlugin.AdamKeys;
import org.obverse.engine.plan.FixturePlugin.Loss;
import org.obverse.engine.plan.FixturePlugin.SmoothingKeys;
import org.obverse.engine.plan.FixturePlugin.WalkKeys;

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
    void an_axis_of_components_is_called_by_the_place_that_they_fill() {
        assertEquals(
                List.of("sample=pool,optimize=adam", "sample=pool,optimize=walk"),
                names(
                        DEFENDED
                                + "study: { axes: { attack.stages.sample.use: [pool], attack.stages.optimize.use: [adam, walk] } }"));
    }

    @Test
    void values_may_have_names_which_then_name_the_cells() {
        Study study = fixture.study(
                DEFENDED
                        + "study: { axes: { attack.stages.optimize: { as it is: { loss: poincare }, by scores: { loss: cross-entropy } } } }");

        assertEquals(
                List.of("optimize=as-it-is", "optimize=by-scores"),
                study.cells().stream().map(Cell::name).toList());
        assertEquals(
                List.of("as it is", "by scores"),
                study.cells().stream()
                        .map(cell -> cell.coordinates().get(0).value())
                        .toList());
        AdamKeys adam = (AdamKeys) study.cells()
                .get(1)
                .plan()
                .attack()
                .get(0)
                .optimize()
                .get(0)
                .component()
                .configuration();
        assertEquals(Loss.CROSS_ENTROPY, adam.loss());
    }

    @Test
    void axes_with_the_same_last_key_are_told_apart() {
        assertEquals(
                List.of("defense.0.alpha=1,defense.1.alpha=0"),
                names(DATA + GENERATOR
                        + "target: { classifier: { use: linear }, defense: [ { use: smoothing }, { use: smoothing } ] }\n"
                        + "study: { axes: { target.defense.0.alpha: [1], target.defense.1.alpha: [0] } }"));
    }

    @Test
    void a_cell_with_a_long_name_gets_one_that_a_folder_can_have_and_no_other_cell_has() {
        String name = "x".repeat(300);
        List<String> names = names(DEFENDED + "study: { axes: { generator.weights: [%1$sa, %1$sb] } }".formatted(name));
        assertEquals(2, Set.copyOf(names).size(), names::toString);
        for (String cell : names) {
            assertEquals(180, cell.length());
            assertTrue(cell.startsWith("weights=xxx"), cell);
        }
        Cell cell = fixture.study(DEFENDED + "study: { axes: { generator.weights: [%s] } }".formatted(name))
                .cells()
                .get(0);
        assertEquals(180, cell.plan().name().length());
    }

    @Test
    void the_name_and_the_axes_themselves_cannot_be_varied() {
        assertEquals(
                List.of(
                        "line 5, study.axes.name: the cells of a study share its name, and are named by what they differ"
                                + " in; drop this axis",
                        "line 5, study.axes.study.axes: the cells of a study share its study.axes, and are named by what"
                                + " they differ in; drop this axis"),
                fixture.refused(DEFENDED + "study: { axes: { name: [a, b], study.axes: [1] } }"));
    }

    @Test
    @Timeout(60)
    void an_axis_with_many_values_is_cut_in_time_that_grows_with_their_number() {
        String values = IntStream.range(0, 20_000).mapToObj(String::valueOf).collect(Collectors.joining(",\n"));
        Mapping tree = (Mapping) Yaml.read(DEFENDED + "study: { axes: { seeds.attack: [\n" + values + "] } }", "plan");
        assertEquals(20_000, StudyTree.of(tree).variants().size());
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
    void a_key_with_an_empty_step_is_refused_wherever_it_is_written() {
        String problem = "'.seed': nothing stands before, behind or between dots of this key; write section.key";

        assertEquals(List.of("line 5, " + problem), fixture.refused(DEFENDED + "study: { axes: { .seed: [1, 2] } }"));
        assertEquals(List.of(problem), fixture.refused(DEFENDED, ".seed=1"));
        assertEquals(List.of(problem), fixture.refused(DEFENDED + "study: { swaps: [ .seed=1 ] }"));
    }

    @Test
    void a_wrong_value_on_an_axis_is_found_with_its_line() {
        assertEquals(
                List.of("line 9, target.defense.0.alpha: 3.0 is more than 1; use a value in (-inf, 1]"),
                fixture.refused(DEFENDED + "study:\n  axes:\n    target.defense.0.alpha:\n      - 1\n      - 3\n"));
    }

    @Test
    void a_blank_within_a_value_on_an_axis_is_found_with_its_line() {
        List<String> refused =
                fixture.refused(DEFENDED + "study:\n  axes:\n    target.defense.0.alpha: [ 0.1, { 0: } ]\n");

        assertTrue(refused.get(0).startsWith("line 7, target.defense.0.alpha: "), refused.toString());
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
                List.of("line 5, study: a study needs axes or swaps; write axes: { dotted.key: [value, …] } or swaps:"
                        + " [ dotted.key=value, … ], or drop the study"),
                fixture.refused(DEFENDED + "study: {}"));
        assertEquals(
                List.of("line 5, study.axes.name: expected a list of values, found the text 'x';"
                        + " write [value, …] with at least one value, or { name: value, … }"),
                fixture.refused(DEFENDED + "study: { axes: { name: x } }"));
        assertEquals(
                List.of(
                        "line 5, study.axis: there is no key 'axis' here; did you mean 'axes'? known keys: axes, swaps"),
                fixture.refused(DEFENDED + "study: { axes: { seeds.split: [1] }, axis: 1 }"));
    }

    @Test
    void each_swap_makes_a_cell_that_differs_from_the_baseline_in_that_change_alone() {
        Study study = fixture.study(
                DEFENDED + "study: { swaps: [ attack.stages.optimize.loss=cross-entropy, target.defense.0.alpha=-0.05,"
                        + " attack.stages.optimize.use=walk, ~attack.stages.select ] }");

        assertEquals(
                List.of(
                        "baseline",
                        "optimize.loss=cross-entropy",
                        "target.defense.0.alpha=-0.05",
                        "optimize=walk",
                        "without-select"),
                study.cells().stream().map(Cell::name).toList());
        assertEquals(
                List.of(true, false, false, false, false),
                study.cells().stream().map(Cell::isBaseline).toList());
        Plan baseline = study.cells().get(0).plan();
        Plan loss = study.cells().get(1).plan();
        assertEquals(fixture.plan(DEFENDED).targets(), baseline.targets());
        assertEquals(baseline.targets(), loss.targets());
        assertEquals(
                Loss.CROSS_ENTROPY,
                ((AdamKeys) loss.attack().get(0).optimize().get(0).component().configuration()).loss());
        Plan defense = study.cells().get(2).plan();
        assertEquals(
                new SmoothingKeys(-0.05, 0),
                defense.target("target").defense().get(0).configuration());
        assertEquals(baseline.attack(), defense.attack());
        assertEquals(List.of(), study.cells().get(4).plan().attack().get(0).select());
    }

    @Test
    void every_cell_of_the_axes_is_a_baseline_of_the_swaps() {
        assertEquals(
                List.of(
                        "alpha=0.1,baseline",
                        "alpha=0.1,optimize.loss=cross-entropy",
                        "alpha=0,baseline",
                        "alpha=0,optimize.loss=cross-entropy"),
                names(DEFENDED + "study: { axes: { target.defense.0.alpha: [0.1, 0] },"
                        + " swaps: [ attack.stages.optimize.loss=cross-entropy ] }"));
    }

    @Test
    void a_component_that_is_swapped_in_takes_none_of_the_former_ones_keys_wherever_they_came_from() {
        String text = DEFENDED + "study: { swaps: [ attack.stages.optimize.use=walk ] }";
        Study study = fixture.study(text, "attack.stages.optimize.loss=cross-entropy");
        Study stored = new PlanReader(fixture.registry())
                .read((Mapping) Yaml.read(Yaml.write(study.source()), "stored"), "plan");

        assertEquals(
                "walk",
                study.cells()
                        .get(1)
                        .plan()
                        .attack()
                        .get(0)
                        .optimize()
                        .get(0)
                        .component()
                        .name());
        assertEquals(
                study.cells().stream().map(Cell::plan).toList(),
                stored.cells().stream().map(Cell::plan).toList());
    }

    @Test
    void swaps_that_change_nothing_or_not_one_thing_are_refused() {
        assertEquals(
                List.of("line 5, study.swaps: seeds.attack=2 is given twice; list each swap once"),
                fixture.refused(DEFENDED + "study: { swaps: [ seeds.attack=2, seeds.attack=2 ] }"));
        assertEquals(
                List.of("line 5, study.swaps: the study varies seeds.attack along an axis;"
                        + " add the value to the axis, or drop the axis"),
                fixture.refused(DEFENDED + "study: { axes: { seeds.attack: [1, 2] }, swaps: [ seeds.attack=3 ] }"));
        assertEquals(
                List.of("line 5, study.swaps: expected a list of swaps, found the text 'x';"
                        + " write [ dotted.key=value, … ] with at least one"),
                fixture.refused(DEFENDED + "study: { swaps: x }"));
        assertEquals(
                List.of("line 5, study.swaps: a swap is written as an override is, found the number 3;"
                        + " write dotted.key=value, or ~dotted.key to drop a key or a stage"),
                fixture.refused(DEFENDED + "study: { swaps: [ 3 ] }"));
        assertEquals(
                List.of("study.swaps: ~attack.classes: the plan has no such key to drop;"
                        + " leave the option out, or write the dotted key as it stands in the plan"),
                fixture.refused(DEFENDED + "study: { swaps: [ ~attack.classes ] }"));
        assertEquals(
                List.of("study.swaps: the cell optimize.loss=poincare is its baseline: the swap changes nothing;"
                        + " swap to another value, or drop the swap"),
                fixture.refused(DEFENDED + "study: { swaps: [ attack.stages.optimize.loss=poincare ] }"));
    }

    @Test
    void overrides_replace_keys_of_the_file() {
        Plan plan = fixture.plan(
                DEFENDED, "target.defense.0.alpha=-0.1", "execution.batch=7", "attack.classes=[1, 2]", "name=other");
        assertEquals(
                new SmoothingKeys(-0.1, 0),
                plan.target("target").defense().get(0).configuration());
        assertEquals(7, plan.execution().batch());
        assertEquals(List.of(1, 2), plan.attack().get(0).classes().of(Dataset.numbered(9), 1));
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
                List.of(
                        "atack: there is no key 'atack' here; did you mean 'attack'? known keys: accept, attack, controls, data,"
                                + " evaluation, execution, generator, listeners, membership, metrics, name, seeds, study, target, targets"),
                fixture.refused(DEFENDED, "atack.classes=[1]"));
        assertEquals(
                List.of("name.x: 'name' is the text 'n' and has no keys; override name itself"),
                fixture.refused("name: n\n" + DEFENDED, "name.x=1"));
    }

    @Test
    void an_override_that_names_another_component_drops_what_the_file_says_of_the_former_one() {
        String text = DEFENDED.replace(
                "attack: { use: climb }",
                "attack: { use: climb, classes: [1], stages: { optimize: { use: adam, loss: poincare, target: target } } }");
        List<String> remarks = new ArrayList<>();
        PlanReader reader = new PlanReader(fixture.registry(), remarks::add, 1);
        for (List<String> overrides : List.of(
                List.of("attack.stages.optimize.use=walk", "attack.stages.optimize.steps=3"),
                List.of("attack.stages.optimize.steps=3", "attack.stages.optimize.use=walk"))) {
            remarks.clear();
            AttackPlan attack = reader.read(text, "plan.yaml", "plan", overrides)
                    .cells()
                    .get(0)
                    .plan()
                    .attack()
                    .get(0);
            assertEquals("walk", attack.optimize().get(0).component().name());
            assertEquals(3, ((WalkKeys) attack.optimize().get(0).component().configuration()).steps());
            assertEquals(List.of(1), attack.classes().of(Dataset.numbered(3), 1));
            assertEquals(
                    List.of("attack.stages.optimize.use is another component than 'adam', so these keys of the plan are"
                            + " dropped: loss"),
                    remarks);
        }
        remarks.clear();
        reader.read(text, "plan.yaml", "plan", List.of("attack.stages.optimize.use=adam"));
        assertEquals(List.of(), remarks);
    }

    @Test
    void keys_and_items_can_be_dropped_from_the_command_line() {
        assertEquals(
                List.of(),
                fixture.plan(DEFENDED, "~target.defense.0").target("target").defense());
        SmoothingKeys keys = (SmoothingKeys) fixture.plan(DEFENDED, "~target.defense.0.from")
                .target("target")
                .defense()
                .get(0)
                .configuration();
        assertEquals(75, keys.from());
        assertEquals(1, fixture.study(SWEEP, "~study").cells().size());
        assertEquals(
                3,
                fixture.study(SWEEP, "~study.axes.attack.stages.optimize.loss")
                        .cells()
                        .size());
    }

    @Test
    void a_stage_goes_whether_the_plan_names_it_or_the_attack_brings_it() {
        String named = DEFENDED.replace("use: climb }", "use: climb, stages: { select: { rounds: 3 } } }");
        for (String text : List.of(DEFENDED, named)) {
            Plan plan = fixture.plan(text, "~attack.stages.select");

            assertEquals(List.of(), plan.attack().get(0).select());
            assertEquals(1, plan.attack().get(0).optimize().size());
            assertEquals(plan, fixture.plan(PlanWriter.yaml(plan)));
            assertEquals(
                    List.of(),
                    fixture.plan(text, "attack.stages.select=none")
                            .attack()
                            .get(0)
                            .select());
        }
    }

    @Test
    void a_stage_that_an_attack_cannot_lack_or_does_not_have_cannot_be_left_out() {
        assertEquals(
                List.of(
                        "attack.stages.sample: every attack begins with its sampler, which cannot be left out; put another one"
                                + " in its place: attack.stages.sample.use=NAME"),
                fixture.refused(DEFENDED, "~attack.stages.sample"));
        assertEquals(
                List.of(
                        "attack.stages.prepare: the attack 'climb' has no such stage to leave out; leave the option out; it has"
                                + " sample, optimize, select"),
                fixture.refused(DEFENDED, "~attack.stages.prepare"));
        assertEquals(
                List.of(
                        "-o ~attack.stages.select: the plan has no such key to drop; leave the option out, or write the dotted"
                                + " key as it stands in the plan"),
                fixture.refused(DEFENDED.replace(PlanFixture.ATTACK, ""), "~attack.stages.select"));
    }

    @Test
    void dropping_what_is_not_there_is_refused_beside_all_other_problems() {
        assertEquals(
                List.of(
                        "line 3, target.defense.0.alpa: there is no key 'alpa' here; did you mean 'alpha'? known keys: alpha,"
                                + " from, use",
                        "-o ~attack.candidates: the plan has no such key to drop; leave the option out, or write the"
                                + " dotted key as it stands in the plan"),
                fixture.refused(DEFENDED.replace("from: 0", "alpa: 0"), "~attack.candidates"));
    }

    @Test
    void an_override_of_a_key_that_no_plan_can_have_is_refused() {
        String refused = fixture.refused(PLAN, "a.".repeat(10_000) + "b=1").get(0);
        assertTrue(refused.endsWith("no key lies that deep; use at most 64 steps"), refused);
    }

    @Test
    void an_override_without_an_equals_sign_is_refused() {
        assertEquals(
                List.of("-o batch: this is no override; write key=value with a dotted key, or ~key to drop one"),
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
    void a_study_of_more_cells_than_allowed_is_refused_before_they_are_bound() {
        InvalidConfigurationException e = assertThrows(
                InvalidConfigurationException.class,
                () -> new PlanReader(fixture.registry(), remark -> {}, 5).read(SWEEP, "plan.yaml", "plan", List.of()));

        assertEquals(
                "study: makes 6 cells, more than 5; vary less, or allow more with --max-cells",
                e.problems().get(0).toString());
    }

    @Test
    void an_axis_can_be_overridden() {
        assertEquals(
                List.of("alpha=0.5,loss=poincare", "alpha=0.5,loss=cross-entropy"),
                names(SWEEP, "study.axes.target.defense.0.alpha=[0.5]"));
    }
}
