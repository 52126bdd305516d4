package org.obverse.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.engine.plan.PlanFixture.DATA;
import static org.obverse.engine.plan.PlanFixture.PLAN;
import static org.obverse.engine.plan.PlanFixture.TARGET;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.Problem;

class EvaluationChecksTest {
    private static final String JUDGE = "evaluation: [ { classifier: { use: linear } } ]\n";
    private static final String JUDGES =
            "evaluation:\n  - { classifier: { use: linear } }\n  - { classifier: { use: residual } }\n";
    private static final String NAMESAKES =
            "evaluation:\n  - { classifier: { use: linear } }\n  - { classifier: { use: linear }, pixels: 64 }\n";

    private final PlanFixture fixture = new PlanFixture();

    @Test
    void a_metric_that_needs_a_judge_is_refused_without_one() {
        assertEquals(
                List.of("line 7, metrics.1: 'recognition' is judged by an evaluation model, but the plan has none;"
                        + " add an entry to evaluation: [ { classifier: { use: NAME } } ]"),
                fixture.refused(PLAN + "metrics:\n  - { use: leak }\n  - { use: recognition }\n"));
    }

    @Test
    void a_metric_that_names_a_model_which_the_plan_lacks_is_told_those_that_there_are() {
        assertEquals(
                List.of("line 8, metrics.0.model: there is no evaluation model 'residul'; did you mean 'residual'?"
                        + " evaluation models: linear, residual; or add an entry to evaluation"),
                fixture.refused(PLAN + JUDGES + "metrics: [ { use: recognition, model: residul } ]\n"));
    }

    @Test
    void a_metric_takes_the_first_model_or_the_one_that_it_names() {
        fixture.plan(PLAN + JUDGE + "metrics: [ { use: recognition } ]\n");
        fixture.plan(PLAN + JUDGES + "metrics: [ { use: recognition, model: residual } ]\n");
    }

    @Test
    void a_metric_compares_activations_that_its_model_shows() {
        assertEquals(List.of(), judged("metrics: [ { use: likeness }, { use: likeness, tap: early } ]"));
        assertEquals(
                List.of(
                        "line 6, metrics.1: 'likeness' compares the activation 'late', which the evaluation model 'linear'"
                                + " does not show; its taps are: early, penultimate; name one of them, or another model"),
                judged("metrics: [ { use: likeness }, { use: likeness, tap: late } ]"));
    }

    private List<String> judged(String metrics) {
        PlanChecks checks = new PlanChecks(fixture.cell(PLAN + JUDGE + metrics + "\n"), fixture.registry());
        return checks.judge(0, new FixtureNetworks.Linear(3)).stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void a_second_model_of_one_name_that_metrics_could_never_mean_is_refused() {
        assertEquals(
                List.of("line 7, evaluation.1: metrics name a model by its classifier, and 'linear' is evaluation.0, so"
                        + " that this one would judge nothing; choose another classifier, or drop one of the two"),
                fixture.refused(PLAN + NAMESAKES + "metrics: [ { use: recognition } ]\n"));
    }

    @Test
    void a_model_with_outputs_of_its_own_judges_no_classes_and_is_never_trained_here() {
        String features = "evaluation: [ { classifier: { use: linear }, weights: judge.pth, classes: 8631 } ]\n";

        assertEquals(
                List.of(
                        "line 6, metrics.0: 'recognition' needs an evaluation model of the data's classes, and 'linear' has"
                                + " 8631 outputs of its own; name another one with metrics.0.model; one like this compares"
                                + " features only"),
                fixture.refused(PLAN + features + "metrics: [ { use: recognition } ]\n"));
        assertEquals(
                List.of(
                        "line 5, evaluation.0.classes: a model that is trained here tells the data's classes apart; drop"
                                + " the key, or load weights"),
                fixture.refused(PLAN + "evaluation: [ { classifier: { use: linear }, classes: 7 } ]\n"));
    }

    @Test
    void a_plan_that_only_trains_may_have_two_models_of_one_name() {
        assertEquals(2, fixture.plan(DATA + NAMESAKES).evaluation().size());
    }

    @Test
    void a_file_to_start_training_from_is_refused_where_nothing_is_trained() {
        String classifier = "classifier: { use: residual, pretrained: imagenet.pth }";

        assertEquals(
                List.of(
                        "line 2, target.classifier.pretrained: training would start from 'imagenet.pth', but the weights"
                                + " come from a file, so that nothing is trained; drop target.classifier.pretrained or"
                                + " target.weights",
                        "line 3, evaluation.0.classifier.pretrained: training would start from 'imagenet.pth', but the"
                                + " weights come from a file, so that nothing is trained; drop"
                                + " evaluation.0.classifier.pretrained or evaluation.0.weights"),
                fixture.refused(DATA + "target: { " + classifier + ", weights: mine.pth }\n" + "evaluation: [ { "
                        + classifier + ", weights: judge.pth } ]\n"));
        fixture.plan(DATA + "target: { " + classifier + " }\n");
        fixture.plan(DATA + TARGET + "evaluation: [ { classifier: { use: residual }, weights: judge.pth } ]\n");
    }
}
