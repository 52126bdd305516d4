package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Part;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.plugin.Problem;

/** Whether a data set has what a plan reads of it. */
final class DataChecks {
    private final Plan plan;
    private final Components components;
    private final Dataset dataset;
    private final List<Problem> problems = new ArrayList<>();

    DataChecks(Plan plan, Components components, Dataset dataset) {
        this.plan = plan;
        this.components = components;
        this.dataset = dataset;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    DataChecks partsAndClasses() {
        plan.targets().values().forEach(target -> trains(target.path(), target.origin(), Part.TRAINING));
        for (EvaluationPlan model : plan.evaluation().values()) {
            trains(model.path(), model.origin(), Part.POOL);
            pixels(model.path(), model);
        }
        for (AttackPlan attack : plan.attack()) {
            attack.stages().forEach(stage -> reads(stage.path(), stage.component()));
            classes(attack);
        }
        for (int i = 0; i < plan.metrics().size(); i++) {
            reads("metrics." + i, plan.metrics().get(i).metric());
        }
        return this;
    }

    /** One that is not trained may need no weights; if it asks for some, it is refused when it is built. */
    DataChecks origin(GeneratorArchitecture generator) {
        if (generator instanceof TrainableGenerator && generator.weights().isEmpty()) {
            exists("generator", "training '" + plan.generator().get(0).name() + "'", Part.PUBLIC);
        }
        return this;
    }

    private void trains(String path, Origin origin, Part part) {
        if (origin instanceof Origin.Trained) {
            exists(path, "training", part);
        }
    }

    private void pixels(String path, EvaluationPlan model) {
        if (model.pixels() != 0 && dataset.shape().dimension() != 3) {
            problems.add(new Problem(
                    path + ".pixels",
                    "the samples of the data set '%s' are no pictures, so they have no size to change"
                            .formatted(plan.data().name()),
                    "drop the key"));
        }
    }

    private void reads(String path, PlannedComponent<?> component) {
        new TreeSet<>(Needs.of(component, components).data())
                .forEach(part -> exists(path, "'" + component.name() + "'", part));
    }

    private void exists(String path, String reader, Part part) {
        if (!dataset.parts().contains(part)) {
            problems.add(new Problem(
                    path,
                    "%s reads the part %s, which the data set '%s' does not have"
                            .formatted(reader, label(part), plan.data().name()),
                    "it has "
                            + String.join(
                                    ", ",
                                    new TreeSet<>(dataset.parts())
                                            .stream().map(DataChecks::label).toList())));
        }
    }

    private static String label(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    private void classes(AttackPlan attack) {
        List<Integer> classes = attack.classes().of(dataset.classes());
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i) >= dataset.classes()) {
                problems.add(new Problem(
                        "attack.classes." + i,
                        "class %d does not exist; the data set '%s' has %d classes"
                                .formatted(classes.get(i), plan.data().name(), dataset.classes()),
                        "use 0 to " + (dataset.classes() - 1)));
            }
        }
    }
}
