package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.ModelBased;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pretrained;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Suggestion;

/** Whether metrics and evaluation models find each other, and whether files of weights have an effect. */
final class EvaluationChecks {
    private final Plan plan;

    EvaluationChecks(Plan plan) {
        this.plan = plan;
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        List<String> names = plan.evaluation().stream()
                .map(model -> model.classifier().name())
                .toList();
        boolean judged = false;
        for (int i = 0; i < plan.metrics().size(); i++) {
            if (plan.metrics().get(i).configuration() instanceof ModelBased metric) {
                judged = true;
                model("metrics." + i, plan.metrics().get(i).name(), metric.model(), names, problems);
            }
        }
        for (int i = 0; i < plan.metrics().size(); i++) {
            if (plan.metrics().get(i).configuration() instanceof ModelBased metric
                    && !(metric instanceof FeatureBased)) {
                otherClasses("metrics." + i, plan.metrics().get(i).name(), metric.model(), problems);
            }
        }
        if (judged) {
            namesakes(names, problems);
        }
        plan.target().forEach(target -> start("target", target.classifier(), target.origin(), problems));
        for (int i = 0; i < plan.evaluation().size(); i++) {
            EvaluationPlan model = plan.evaluation().get(i);
            start("evaluation." + i, model.classifier(), model.origin(), problems);
        }
        return problems;
    }

    private static void model(String path, String metric, String model, List<String> names, List<Problem> problems) {
        if (names.isEmpty()) {
            problems.add(new Problem(
                    path,
                    "'" + metric + "' is judged by an evaluation model, but the plan has none",
                    "add an entry to evaluation: [ { classifier: { use: NAME } } ]"));
        } else if (!model.isEmpty() && !names.contains(model)) {
            problems.add(new Problem(
                    path + ".model",
                    "there is no evaluation model '" + model + "'",
                    Suggestion.of(model, "evaluation models", names) + "; or add an entry to evaluation"));
        }
    }

    /** Its outputs stand for others than the attacked people. */
    private void otherClasses(String path, String metric, String model, List<Problem> problems) {
        plan.evaluation().stream()
                .filter(judge -> model.isEmpty() || judge.classifier().name().equals(model))
                .limit(1)
                .filter(judge -> judge.classes() != 0)
                .forEach(judge -> problems.add(new Problem(
                        path,
                        "'%s' needs an evaluation model of the data's classes, and '%s' has %d outputs of its own"
                                .formatted(metric, judge.classifier().name(), judge.classes()),
                        "name another one with " + path + ".model; one like this compares features only")));
    }

    /** Where no metric names a model, as in a plan that only trains, several may be of one kind. */
    private static void namesakes(List<String> names, List<Problem> problems) {
        for (int i = 0; i < names.size(); i++) {
            int first = names.indexOf(names.get(i));
            if (first < i) {
                problems.add(new Problem(
                        "evaluation." + i,
                        "metrics name a model by its classifier, and '%s' is evaluation.%d, so that this one would judge nothing"
                                .formatted(names.get(i), first),
                        "choose another classifier, or drop one of the two"));
            }
        }
    }

    private static void start(
            String path, Chosen<ClassifierArchitecture> classifier, Origin origin, List<Problem> problems) {
        if (origin instanceof Origin.Loaded
                && classifier.configuration() instanceof Pretrained network
                && !network.pretrained().isEmpty()) {
            problems.add(new Problem(
                    path + ".classifier.pretrained",
                    "training would start from '%s', but the weights come from a file, so that nothing is trained"
                            .formatted(network.pretrained()),
                    "drop %s.classifier.pretrained or %s.weights".formatted(path, path)));
        }
    }
}
