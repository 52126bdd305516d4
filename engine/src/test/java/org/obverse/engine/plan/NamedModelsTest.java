package org.obverse.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.plan.PlanFixture.DATA;
import static org.obverse.engine.plan.PlanFixture.GENERATOR;
import static org.obverse.engine.plan.PlanFixture.PLAN;
import static org.obverse.engine.plan.PlanFixture.TARGET;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Stage;
import org.obverse.api.oracle.Access;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.FixturePlugin.LinearKeys;
import org.obverse.engine.plan.FixturePlugin.SmoothingKeys;

/** Targets and evaluation models by name, what one takes over from another, and who quotes them. */
class NamedModelsTest {
    private static final String TARGETS = """
            targets:
              hard:
                classifier: { use: linear, width: 4 }
                training: { epochs: 30, batch: 7 }
                access: white-box
                budget: { sample: 50, optimize: 60 }
              negative:
                like: hard
                defense: [ { use: smoothing, alpha: -0.05, from: 0 } ]
                training: { epochs: 90 }
                budget: { optimize: 70 }
            """;
    private static final String ATTACK = "attack: { use: climb, target: hard }\n";
    private static final String SEVERAL = DATA + TARGETS + GENERATOR + ATTACK;

    private final PlanFixture fixture = new PlanFixture();

    private static TrainingRecipe recipe(Origin origin) {
        return assertInstanceOf(Origin.Trained.class, origin).recipe();
    }

    private List<String> stageTargets(Plan plan) {
        return plan.attack().get(0).stages().stream().map(StagePlan::target).toList();
    }

    @Test
    void target_alone_is_short_for_one_model_of_that_name() {
        Plan plan = fixture.plan(PLAN + "metrics: [ { use: health } ]");

        assertEquals(List.of("target"), List.copyOf(plan.targets().keySet()));
        assertEquals("target", plan.target("target").path());
        assertEquals("target", plan.attack().get(0).target());
        assertEquals(List.of("target", "target", "target"), stageTargets(plan));
        assertEquals("target", plan.metrics().get(0).target());
        assertEquals(
                plan,
                fixture.plan(DATA + "targets: { target: { classifier: { use: linear } } }\n" + GENERATOR
                        + PlanFixture.ATTACK + "metrics: [ { use: health } ]"));
    }

    @Test
    void the_model_of_the_short_form_has_its_lines_wherever_it_stands() {
        String wrong = "classifier: { use: linear }, budget: { prepare: 5 } }";

        assertTrue(fixture.refused(DATA + GENERATOR + PlanFixture.ATTACK + "target: { " + wrong)
                .get(0)
                .startsWith("line 4, target.budget.prepare: the attack has no stage 'prepare'"));
        assertTrue(fixture.refused(DATA + GENERATOR + PlanFixture.ATTACK + "targets:\n  target: { " + wrong)
                .get(0)
                .startsWith("line 5, targets.target.budget.prepare: the attack has no stage 'prepare'"));
    }

    @Test
    void several_models_stand_in_the_plans_order_with_paths_of_their_own() {
        Plan plan = fixture.plan(SEVERAL);

        assertEquals(List.of("hard", "negative"), List.copyOf(plan.targets().keySet()));
        assertEquals("targets.negative", plan.target("negative").path());
    }

    @Test
    void target_and_targets_exclude_each_other() {
        assertEquals(
                List.of("line 13, target: it is short for one model called target, and the plan has targets as well;"
                        + " write it as an entry of targets, or key by key as targets.NAME.KEY"),
                fixture.refused(DATA + TARGETS + TARGET));
    }

    @Test
    void like_takes_over_every_key_and_what_is_written_replaces_it_key_by_key() {
        TargetPlan negative = fixture.plan(SEVERAL).target("negative");

        assertEquals(new LinearKeys(4), negative.classifier().configuration());
        assertEquals(90, recipe(negative.origin()).epochs());
        assertEquals(7, recipe(negative.origin()).batch());
        assertEquals(Access.WHITE_BOX, negative.access());
        assertEquals(Map.of(Stage.SAMPLE, 50L, Stage.OPTIMIZE, 70L), negative.budget());
        assertEquals(
                List.of(new SmoothingKeys(-0.05, 0)),
                negative.defense().stream().map(PlannedComponent::configuration).toList());
        assertEquals(List.of(), fixture.plan(SEVERAL).target("hard").defense());
    }

    @Test
    void another_component_takes_over_no_setting_of_the_first() {
        Plan plan = fixture.plan(DATA + """
                targets:
                  wide: { classifier: { use: linear, width: 4 } }
                  deep: { like: wide, classifier: { use: residual } }
                  wider: { like: wide, classifier: { width: 9 } }
                """);

        assertEquals("residual", plan.target("deep").classifier().name());
        assertEquals(new LinearKeys(9), plan.target("wider").classifier().configuration());
    }

    @Test
    void a_chain_is_followed_to_its_end_in_any_order() {
        Plan plan = fixture.plan(DATA + """
                targets:
                  third: { like: second, training: { batch: 3 } }
                  second: { like: first, training: { epochs: 2 } }
                  first: { classifier: { use: linear, width: 5 }, training: { epochs: 1, batch: 1 } }
                """);

        assertEquals(
                List.of("third", "second", "first"), List.copyOf(plan.targets().keySet()));
        assertEquals(new LinearKeys(5), plan.target("third").classifier().configuration());
        assertEquals(2, recipe(plan.target("third").origin()).epochs());
        assertEquals(3, recipe(plan.target("third").origin()).batch());
    }

    @Test
    void a_circle_is_refused_once() {
        assertEquals(
                List.of("line 5, targets.c.like: 'b' is like 'c' is like 'b'; write one of them without like"),
                fixture.refused(DATA + """
                        targets:
                          a: { like: b }
                          b: { like: c }
                          c: { like: b }
                        """));
        assertEquals(
                List.of("line 3, evaluation.a.like: 'a' is like 'a'; write one of them without like"),
                fixture.refused(DATA + "evaluation:\n  a: { like: a }\n"));
    }

    @Test
    void a_model_that_does_not_exist_cannot_be_taken_over() {
        assertEquals(
                List.of("line 4, targets.negative.like: there is no target 'hrad'; did you mean 'hard'? targets: hard,"
                        + " negative"),
                fixture.refused(DATA + """
                        targets:
                          hard: { classifier: { use: linear } }
                          negative: { like: hrad }
                        """));
        assertEquals(
                List.of("line 2, evaluation.judge.like: expected the name of an evaluation model, found the number 3;"
                        + " evaluation models: judge"),
                fixture.refused(DATA + "evaluation: { judge: { like: 3 } }\n"));
    }

    @Test
    void who_loads_weights_takes_over_no_training_and_the_other_way_round() {
        Plan plan = fixture.plan(DATA + """
                targets:
                  trained: { classifier: { use: linear }, training: { epochs: 3 } }
                  loaded: { like: trained, weights: mine.pth }
                  again: { like: loaded, training: { epochs: 4 } }
                  untouched: { like: trained, weights: "" }
                evaluation:
                  faces: { classifier: { use: linear }, weights: faces.pth, classes: 8631 }
                  people: { like: faces, training: { epochs: 5 } }
                """);

        assertEquals(new Origin.Loaded("mine.pth"), plan.target("loaded").origin());
        assertEquals(4, recipe(plan.target("again").origin()).epochs());
        assertEquals(3, recipe(plan.target("untouched").origin()).epochs());
        assertEquals(5, recipe(plan.judge("people").origin()).epochs());
        assertEquals(0, plan.judge("people").classes());
    }

    @Test
    void a_finished_network_takes_over_no_way_of_getting_weights() {
        String trained = "targets:\n  trained: { classifier: { use: linear }, training: { epochs: 3 } }\n";

        assertEquals(
                new Origin.Own(),
                fixture.plan(DATA + trained + "  sealed: { like: trained, classifier: { use: sealed } }\n")
                        .target("sealed")
                        .origin());
        assertEquals(
                List.of("line 4, targets.sealed.training: 'sealed' is a finished network with weights of its own, so"
                        + " there is nothing to train; drop targets.sealed.training, or choose another classifier"),
                fixture.refused(DATA + trained
                        + "  sealed: { like: trained, classifier: { use: sealed }, training: { epochs: 4 } }\n"));
    }

    @Test
    void what_is_wrong_with_a_key_is_said_once_and_not_of_all_who_take_it_over() {
        assertEquals(
                List.of("line 3, targets.hard.training.epochs: expected a whole number, found the text 'many'"),
                fixture.refused(DATA + """
                        targets:
                          hard: { classifier: { use: linear }, training: { epochs: many } }
                          negative: { like: hard, access: scores }
                          third: { like: negative }
                        """));
    }

    @Test
    void a_key_that_was_taken_over_has_the_line_where_it_is_written() {
        assertEquals(
                List.of(
                        "line 5, targets.hard.budget.prepare: the attack has no stage 'prepare'; it has sample, optimize,"
                                + " select",
                        "line 5, targets.negative.budget.prepare: the attack has no stage 'prepare'; it has sample,"
                                + " optimize, select"),
                fixture.refused(DATA + """
                        targets:
                          hard:
                            classifier: { use: linear }
                            budget: { prepare: 3 }
                          negative: { like: hard }
                        """ + GENERATOR + ATTACK));
    }

    @Test
    void a_name_consists_of_lower_case_letters_digits_and_hyphens() {
        fixture.plan(DATA + "targets: { 2nd-model: { classifier: { use: linear } } }\n");
        for (String name : List.of("Hard", "a.b", "-a", "a_b")) {
            assertEquals(
                    List.of("line 2, targets." + name + ": '" + name + "' cannot be the name of a model; use lower-case"
                            + " letters, digits and hyphens"),
                    fixture.refused(DATA + "targets: { " + name + ": { classifier: { use: linear } } }\n"));
        }
    }

    @Test
    void a_model_that_is_no_mapping_is_refused() {
        assertEquals(
                List.of(
                        "line 2, targets.hard: expected keys and values, found nothing; write targets.hard: { key: value }",
                        "line 3, evaluation.judge: expected keys and values, found the text 'linear';"
                                + " write evaluation.judge: { key: value }"),
                fixture.refused(DATA + "targets: { hard: , soft: { like: hard } }\nevaluation: { judge: linear }\n"));
        assertEquals(
                List.of("line 2, targets: expected keys and values, found a list of 1; write targets: { key: value }"),
                fixture.refused(DATA + "targets: [ { classifier: { use: linear } } ]\n" + GENERATOR));
    }

    @Test
    void a_seed_of_its_own_replaces_the_plans() {
        Plan plan = fixture.plan("seeds: { training: 11, evaluation: 13 }\n" + DATA + """
                targets:
                  first: { classifier: { use: linear } }
                  second: { like: first, seed: 2 }
                  third: { like: second }
                evaluation:
                  judge: { classifier: { use: linear } }
                  other: { like: judge, seed: 3 }
                """);

        assertEquals(11, plan.target("first").seed());
        assertEquals(2, plan.target("second").seed());
        assertEquals(2, plan.target("third").seed());
        assertEquals(13, plan.judge("judge").seed());
        assertEquals(3, plan.judge("other").seed());
    }

    @Test
    void the_attacks_target_is_that_of_every_stage_which_names_no_other() {
        Plan plan = fixture.plan(DATA + TARGETS + GENERATOR + """
                attack:
                  use: climb
                  target: hard
                  stages:
                    prepare: { use: invent, target: negative }
                    select: { target: negative, rounds: 3 }
                """);

        assertEquals("hard", plan.attack().get(0).target());
        assertEquals(List.of("negative", "hard", "hard", "negative"), stageTargets(plan));
    }

    @Test
    void an_attack_must_name_one_of_several_targets() {
        assertEquals(
                List.of("line 14, attack: the plan has several targets (hard, negative), and none is named here;"
                        + " add target: hard"),
                fixture.refused(DATA + TARGETS + GENERATOR + "attack: { use: climb }\nmetrics: [ { use: health } ]\n"));
    }

    @Test
    void whoever_quotes_a_target_that_does_not_exist_is_told_those_that_do() {
        String targets = "; targets: hard, negative";

        assertEquals(
                List.of(
                        "line 14, attack.stages.optimize.target: there is no target 'negativ'; did you mean 'negative'?"
                                + " targets: hard, negative",
                        "line 14, attack.stages.sample.target: expected the name of a target, found the keys use"
                                + targets,
                        "line 14, attack.target: there is no target 'target'" + targets,
                        "line 15, metrics.0.target: there is no target 'soft'" + targets),
                fixture
                        .refused(DATA + TARGETS + GENERATOR
                                + "attack: { use: climb, target: target, stages: { optimize: { target: negativ },"
                                + " sample: { target: { use: x } } } }\nmetrics: [ { use: health, target: soft } ]\n")
                        .stream()
                        .sorted()
                        .toList());
    }

    @Test
    void a_metric_judges_the_attacks_target_or_the_one_that_it_names() {
        Plan plan = fixture.plan(
                SEVERAL + "metrics: [ { use: health }, { use: health, target: negative }, { use: leak } ]\n");

        assertEquals(
                List.of("hard", "negative", "hard"),
                plan.metrics().stream().map(MetricPlan::target).toList());
    }

    @Test
    void without_an_attack_a_metric_names_one_of_several_targets() {
        String metrics = DATA + TARGETS + "metrics: [ { use: health } ]\n";

        assertEquals(
                List.of("line 13, metrics.0: the plan has several targets (hard, negative), and none is named here;"
                        + " add target: hard"),
                fixture.refused(metrics));
        assertEquals(
                "negative",
                fixture.plan(metrics, "metrics.0.target=negative")
                        .metrics()
                        .get(0)
                        .target());
    }

    @Test
    void the_old_section_of_listeners_is_refused_with_the_new_one() {
        assertEquals(
                List.of("line 5, observers: the section is called listeners now; write listeners: [ … ]"),
                fixture.refused(PLAN + "observers: [ { use: tally } ]\n"));
    }

    @Test
    void axes_and_overrides_reach_into_a_model_before_others_take_it_over() {
        String study = SEVERAL + "study: { axes: { targets.hard.training.epochs: [4, 5] } }\n";

        List<Cell> cells =
                fixture.study(study, "targets.negative.training={ batch: 9 }").cells();

        assertEquals(
                List.of(4, 5),
                cells.stream()
                        .map(cell ->
                                recipe(cell.plan().target("negative").origin()).epochs())
                        .toList());
        assertEquals(9, recipe(cells.get(0).plan().target("negative").origin()).batch());
    }

    @Test
    void the_target_of_a_stage_can_be_an_axis() {
        List<Cell> cells = fixture.study(
                        SEVERAL + "study: { axes: { attack.stages.optimize.target: [hard, negative] } }\n")
                .cells();

        assertEquals(
                List.of("target=hard", "target=negative"),
                cells.stream().map(Cell::name).toList());
        assertEquals(
                List.of("hard", "negative", "hard"), stageTargets(cells.get(1).plan()));
    }

    @Test
    void a_written_plan_names_every_model_and_takes_nothing_over() {
        Plan plan = fixture.plan(SEVERAL + """
                evaluation:
                  judge: { classifier: { use: linear } }
                  second: { like: judge, seed: 2, crop: 5 }
                metrics: [ { use: recognition, judge: second }, { use: health, target: negative } ]
                """);

        String written = PlanWriter.yaml(plan);

        assertEquals(plan, fixture.plan(written), written);
        assertEquals(
                List.copyOf(plan.targets().keySet()),
                List.copyOf(fixture.plan(written).targets().keySet()));
        assertTrue(written.contains("\ntargets:\n  hard:\n    classifier:\n"), written);
        assertTrue(written.contains("\nevaluation:\n  judge:\n    classifier:\n"), written);
        assertTrue(!written.contains("like"), written);
        assertTrue(PlanWriter.yaml(fixture.plan(PLAN)).contains("\ntargets:\n  target:\n    classifier:\n"));
    }
}
