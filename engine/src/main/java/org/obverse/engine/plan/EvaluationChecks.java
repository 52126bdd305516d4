package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.obverse.api.attack.Stage;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.Judged;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pretrained;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.engine.plan.BoundPlan.BoundAttack;

/** Whether metrics find what they judge and models that can judge it, and whether files of weights have an effect. */
final class EvaluationChecks {
    private final BoundPlan plan;

    EvaluationChecks(BoundPlan plan) {
        this.plan = plan;
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        plan.metrics().forEach((path, metric) -> {
            plan.attack().ifPresent(attack -> {
                missingStage(path, metric, attack, problems);
                lostSnapshots(path, metric, attack, problems);
            });
            Record configuration = metric.metric().configuration();
            if (!(configuration instanceof FeatureBased)) {
                String key = path + (configuration instanceof Judged ? ".judge" : ".judges");
                metric.judges()
                        .forEach(judge -> Optional.ofNullable(plan.evaluation().get(judge))
                                .ifPresent(model -> otherClasses(path, key, metric, judge, model.classes(), problems)));
            }
        });
        plan.targets().values().forEach(target -> start(target.path(), target.classifier(), target.origin(), problems));
        plan.evaluation().values().forEach(model -> start(model.path(), model.classifier(), model.origin(), problems));
        return problems;
    }

    private static void missingStage(String path, MetricPlan metric, BoundAttack attack, List<Problem> problems) {
        metric.of()
                .filter(stage -> !attack.stages().contains(stage))
                .ifPresent(stage -> problems.add(new Problem(
                        path + "." + MetricBinding.OF,
                        "the attack has no stage '%s'".formatted(stage.label()),
                        "its stages are: "
                                + attack.stages().stream()
                                        .sorted()
                                        .map(Stage::label)
                                        .collect(Collectors.joining(", ")))));
    }

    /** A selection is not shown the way of what it selects from, so it cannot hand it on. */
    private static void lostSnapshots(String path, MetricPlan metric, BoundAttack attack, List<Problem> problems) {
        boolean ofSelected = attack.stages().contains(Stage.SELECT)
                && metric.of().map(stage -> stage == Stage.SELECT).orElse(true);
        if (ofSelected && metric.metric().requirements().reads().contains(Reading.SNAPSHOTS)) {
            problems.add(new Problem(
                    path,
                    "'%s' looks at the way of candidates, of which a selection keeps nothing".formatted(metric.name()),
                    "judge those that were searched for: add of: optimize"));
        }
    }

    /** Its outputs stand for others than the attacked people. */
    private static void otherClasses(
            String path, String key, MetricPlan metric, String judge, int outputs, List<Problem> problems) {
        if (outputs != 0) {
            problems.add(new Problem(
                    path,
                    "'%s' needs an evaluation model of the data's classes, and '%s' has %d outputs of its own"
                            .formatted(metric.name(), judge, outputs),
                    "name another one with " + key + "; one like this compares features only"));
        }
    }

    private static void start(
            String path, PlannedComponent<ClassifierArchitecture> classifier, Origin origin, List<Problem> problems) {
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
