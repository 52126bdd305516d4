package org.obverse.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.engine.plan.PlanFixture.DATA;
import static org.obverse.engine.plan.PlanFixture.PLAN;
import static org.obverse.engine.plan.PlanFixture.TARGET;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.engine.plan.FixturePlugin.ConsensusKeys;
import org.obverse.engine.plan.FixturePlugin.LikenessKeys;
import org.obverse.engine.plan.FixturePlugin.RecognitionKeys;

/** Metrics and the evaluation models that judge for them. */
class JudgesTest {
    private static final String JUDGE = "evaluation: { judge: { classifier: { use: linear } } }\n";
    private static final String JUDGES = """
            evaluation:
              judge: { classifier: { use: linear } }
              second: { like: judge, seed: 2 }
            """;

    private final PlanFixture fixture = new PlanFixture();

    @Test
    void a_metric_that_needs_a_judge_is_refused_without_one() {
        assertEquals(
                List.of("line 7, metrics.1: 'recognition' is judged by an evaluation model, but the plan has none;"
                        + " add evaluation: { judge: { classifier: { use: NAME } } }"),
                fixture.refused(PLAN + "metrics:\n  - { use: leak }\n  - { use: recognition }\n"));
    }

    @Test
    void a_metric_that_names_a_model_which_the_plan_lacks_is_told_those_that_there_are() {
        assertEquals(
                List.of("line 8, metrics.0.judge: there is no evaluation model 'secnd'; did you mean 'second'?"
                        + " evaluation models: judge, second"),
                fixture.refused(PLAN + JUDGES + "metrics: [ { use: recognition, judge: secnd } ]\n"));
    }

    @Test
    void a_metric_takes_the_only_model_and_its_configuration_says_so() {
        MetricPlan metric = fixture.plan(PLAN + JUDGE + "metrics: [ { use: recognition } ]\n")
                .metrics()
                .get(0);

        assertEquals(List.of("judge"), metric.judges());
        assertEquals(new RecognitionKeys("judge"), metric.metric().configuration());
        assertEquals(
                metric,
                fixture.plan(PLAN + JUDGE + "metrics: [ { use: recognition, judge: judge } ]\n")
                        .metrics()
                        .get(0));
    }

    @Test
    void one_of_several_models_must_be_named() {
        assertEquals(
                List.of("line 9, metrics.0: the plan has several evaluation models (judge, second), and none is named"
                        + " here; add judge: judge"),
                fixture.refused(PLAN + JUDGES + "metrics:\n  - { use: recognition }\n"));
    }

    @Test
    void two_judges_of_one_architecture_differ_by_name_and_seed() {
        Plan plan = fixture.plan("seeds: { evaluation: 7 }\n" + PLAN + JUDGES
                + "metrics: [ { use: recognition, judge: judge }, { use: likeness, judge: second } ]\n");

        assertEquals(List.of("judge", "second"), List.copyOf(plan.evaluation().keySet()));
        assertEquals(plan.judge("judge").classifier(), plan.judge("second").classifier());
        assertEquals(plan.judge("judge").origin(), plan.judge("second").origin());
        assertEquals(7, plan.judge("judge").seed());
        assertEquals(2, plan.judge("second").seed());
        assertEquals(
                List.of(List.of("judge"), List.of("second")),
                plan.metrics().stream().map(MetricPlan::judges).toList());
        assertEquals(
                new LikenessKeys("second", "penultimate"),
                plan.metrics().get(1).metric().configuration());
    }

    @Test
    void a_metric_that_nobody_judges_has_no_judge() {
        assertEquals(
                List.of(),
                fixture.plan(PLAN + JUDGES + "metrics: [ { use: health } ]\n")
                        .metrics()
                        .get(0)
                        .judges());
    }

    @Test
    void a_panel_is_of_all_models_or_of_those_that_are_named_in_their_order() {
        Plan plan = fixture.plan(PLAN + JUDGES + """
                  third: { like: judge, seed: 3 }
                metrics: [ { use: consensus }, { use: consensus, judges: [ third, judge ] } ]
                """);

        assertEquals(
                List.of(List.of("judge", "second", "third"), List.of("third", "judge")),
                plan.metrics().stream().map(MetricPlan::judges).toList());
        assertEquals(
                new ConsensusKeys(List.of("judge", "second", "third")),
                plan.metrics().get(0).metric().configuration());
    }

    @Test
    void a_panel_of_fewer_than_two_models_is_refused() {
        assertEquals(
                List.of(
                        "line 6, metrics.0: 'consensus' compares different evaluation models, at least two, and here are:"
                                + " judge; add another one: evaluation: { second: { classifier: { use: NAME } } }"),
                fixture.refused(PLAN + JUDGE + "metrics: [ { use: consensus } ]\n"));
        assertEquals(
                List.of(
                        "line 5, metrics.0: 'consensus' compares different evaluation models, at least two, and here are:"
                                + " none; add another one: evaluation: { second: { classifier: { use: NAME } } }"),
                fixture.refused(PLAN + "metrics: [ { use: consensus } ]\n"));
        assertEquals(
                List.of("line 8, metrics.0.judges: 'consensus' compares different evaluation models, at least two, and"
                        + " here are: second, second; name two or more of: judge, second"),
                fixture.refused(PLAN + JUDGES + "metrics: [ { use: consensus, judges: [ second, second ] } ]\n"));
    }

    @Test
    void a_panel_that_names_a_model_which_the_plan_lacks_is_told_those_that_there_are() {
        assertEquals(
                List.of("line 8, metrics.0.judges.1: there is no evaluation model 'secnd'; did you mean 'second'?"
                        + " evaluation models: judge, second"),
                fixture.refused(PLAN + JUDGES + "metrics: [ { use: consensus, judges: [ judge, secnd ] } ]\n"));
    }

    @Test
    void no_member_of_a_panel_has_outputs_of_its_own() {
        assertEquals(
                List.of(
                        "line 9, metrics.0: 'consensus' needs an evaluation model of the data's classes, and 'faces' has"
                                + " 8631 outputs of its own; name another one with metrics.0.judges; one like this compares"
                                + " features only"),
                fixture.refused(PLAN + JUDGES + """
                          faces: { classifier: { use: linear }, weights: judge.pth, classes: 8631 }
                        metrics: [ { use: consensus } ]
                        """));
    }

    @Test
    void the_old_key_of_a_metric_is_refused_with_the_new_one() {
        assertEquals(
                List.of("line 6, metrics.0.model: the key that names the evaluation model is called judge now;"
                        + " write judge: judge"),
                fixture.refused(PLAN + JUDGE + "metrics: [ { use: recognition, model: judge } ]\n"));
        assertEquals(
                List.of("line 8, metrics.0.model: the key that names the evaluation model is called judge now;"
                        + " write judge: second"),
                fixture.refused(PLAN + JUDGES + "metrics: [ { use: recognition, model: second } ]\n"));
        assertEquals(
                List.of("line 6, metrics.0.model: there is no key 'model' here; known keys: of, target, use"),
                fixture.refused(PLAN + JUDGE + "metrics: [ { use: health, model: judge } ]\n"));
    }

    @Test
    void the_old_list_of_models_is_refused_with_the_mapping_to_write() {
        assertEquals(
                List.of("line 5, evaluation: it is a mapping of names now; write evaluation: { residual: { classifier:"
                        + " { use: residual }, training: { … } }, linear: { classifier: { use: linear, … },"
                        + " weights: judge.pth, crop: 20 }, linear-2: { classifier: { use: linear } } }"),
                fixture.refused(PLAN + """
                        evaluation:
                          - classifier: { use: residual }
                            training: { epochs: 3 }
                          - { classifier: { use: linear, width: 4 }, weights: judge.pth, crop: 20 }
                          - { classifier: { use: linear } }
                        """));
        assertEquals(
                List.of("line 5, evaluation: it is a mapping of names now; write evaluation: {}"),
                fixture.refused(PLAN + "evaluation: []\n"));
    }

    @Test
    void metrics_are_told_nothing_of_judges_that_stand_in_the_old_list() {
        assertEquals(
                1,
                fixture.refused(PLAN
                                + "evaluation: [ { classifier: { use: linear } } ]\nmetrics: [ { use: recognition } ]")
                        .size());
    }

    @Test
    void a_metric_compares_activations_that_its_model_shows() {
        assertEquals(List.of(), judged("metrics: [ { use: likeness }, { use: likeness, tap: early } ]"));
        assertEquals(
                List.of(
                        "line 6, metrics.1: 'likeness' compares the activation 'late', which the evaluation model"
                                + " 'judge' does not show; its taps are: early, penultimate; name one of them, or another model"),
                judged("metrics: [ { use: health }, { use: likeness, tap: late } ]"));
    }

    private List<String> judged(String metrics) {
        PlanChecks checks = new PlanChecks(fixture.cell(PLAN + JUDGE + metrics + "\n"), fixture.registry());
        return PlanFixture.texts(checks.judge(1, new FixtureNetworks.Linear(3)));
    }

    @Test
    void a_model_with_outputs_of_its_own_judges_no_classes_and_is_never_trained_here() {
        String features = "evaluation: { faces: { classifier: { use: linear }, weights: judge.pth, classes: 8631 } }\n";

        assertEquals(
                List.of(
                        "line 6, metrics.0: 'recognition' needs an evaluation model of the data's classes, and 'faces' has"
                                + " 8631 outputs of its own; name another one with metrics.0.judge; one like this compares"
                                + " features only"),
                fixture.refused(PLAN + features + "metrics: [ { use: recognition } ]\n"));
        assertEquals(
                List.of("line 5, evaluation.judge.classes: a model that is trained here tells the data's classes apart;"
                        + " drop the key, or load weights"),
                fixture.refused(PLAN + "evaluation: { judge: { classifier: { use: linear }, classes: 7 } }\n"));
    }

    @Test
    void a_file_to_start_training_from_is_refused_where_nothing_is_trained() {
        String classifier = "classifier: { use: residual, pretrained: imagenet.pth }";

        assertEquals(
                List.of(
                        "line 2, target.classifier.pretrained: training would start from 'imagenet.pth', but the weights"
                                + " come from a file, so that nothing is trained; drop target.classifier.pretrained or"
                                + " target.weights",
                        "line 3, evaluation.judge.classifier.pretrained: training would start from 'imagenet.pth', but the"
                                + " weights come from a file, so that nothing is trained; drop"
                                + " evaluation.judge.classifier.pretrained or evaluation.judge.weights"),
                fixture.refused(DATA + "target: { " + classifier + ", weights: mine.pth }\n" + "evaluation: { judge: { "
                        + classifier + ", weights: judge.pth } }\n"));
        fixture.plan(DATA + "target: { " + classifier + " }\n");
        fixture.plan(DATA + TARGET + "evaluation: { judge: { classifier: { use: residual }, weights: judge.pth } }\n");
    }
}
