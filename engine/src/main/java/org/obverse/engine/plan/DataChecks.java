package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Part;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements.LeastImages;
import org.obverse.engine.configuration.Suggestion;

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
        for (TargetPlan target : plan.targets().values()) {
            trains(target.path(), target.origin(), Part.TRAINING);
            order(target);
        }
        for (EvaluationPlan model : plan.evaluation().values()) {
            trains(model.path(), model.origin(), Part.POOL);
            pixels(model.path(), model);
        }
        for (AttackPlan attack : plan.attack()) {
            attack.stages().forEach(stage -> reads(stage.path(), stage.component()));
            named("attack.classes", attack.classes() instanceof Classes.Listed listed ? listed.classes() : List.of());
            if (attack.classes() instanceof Classes.Drawn drawn && drawn.random() > dataset.classes()) {
                problems.add(new Problem(
                        "attack.classes.random",
                        "asks for %d classes, and the data set '%s' has %d"
                                .formatted(drawn.random(), plan.data().name(), dataset.classes()),
                        "ask for at most " + dataset.classes() + ", or write classes: all"));
            }
        }
        plan.membership().forEach(this::membership);
        for (int i = 0; i < plan.controls().size(); i++) {
            reads(ControlBinding.SECTION + "." + i, plan.controls().get(i));
        }
        for (int i = 0; i < plan.metrics().size(); i++) {
            reads("metrics." + i, plan.metrics().get(i).metric());
        }
        return this;
    }

    private void membership(MembershipPlan membership) {
        String reader = "membership inference";
        exists(MembershipPlan.SECTION, reader, Part.TRAINING);
        exists(MembershipPlan.SECTION, reader, Part.TEST);
        if (!dataset.parts().containsAll(Set.of(Part.TRAINING, Part.TEST))) {
            return;
        }
        int training = dataset.images(Part.TRAINING).size();
        int test = dataset.images(Part.TEST).size();
        int known = membership.keys().known();
        int samples = membership.keys().samples();
        if (samples + known > Math.min(training, test)) {
            int most = Math.min(training, test) - known;
            problems.add(new Problem(
                    MembershipPlan.SECTION + ".samples",
                    "asks for %d members and %d others beside %d known of either, and the data set '%s' has %d training and %d test images"
                            .formatted(samples, samples, known, plan.data().name(), training, test),
                    most < 2
                            ? "use data with more of both, or a smaller membership.known"
                            : "use at most " + most + ", or a smaller membership.known"));
        }
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
        Needs needs = Needs.of(component, components);
        new TreeSet<>(needs.data()).forEach(part -> exists(path, "'" + component.name() + "'", part));
        needs.images().stream()
                .filter(least -> dataset.parts().contains(least.part()))
                .forEach(least -> enough(path, component.name(), least));
    }

    private void enough(String path, String reader, LeastImages least) {
        int there = dataset.images(least.part()).size();
        if (least.count() > there) {
            problems.add(new Problem(
                    path + "." + least.key(),
                    "'%s' needs %d images of the part %s, and the data set '%s' has %d"
                            .formatted(
                                    reader,
                                    least.count(),
                                    label(least.part()),
                                    plan.data().name(),
                                    there),
                    "ask for fewer, or use data with more of them"));
        }
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

    static String label(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    private void order(TargetPlan target) {
        String path = target.path() + ".class-order";
        List<NameOrIndex> order = target.classOrder();
        if (!order.isEmpty() && order.size() != dataset.classes()) {
            problems.add(new Problem(
                    path,
                    "lists %d classes, and the data set '%s' has %d"
                            .formatted(order.size(), plan.data().name(), dataset.classes()),
                    "list each once"));
        }
        named(path, order);
    }

    private static String numbers(int classes) {
        return classes == 0 ? "give data that have classes" : "use 0 to " + (classes - 1);
    }

    private void named(String path, List<NameOrIndex> classes) {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < classes.size(); i++) {
            NameOrIndex one = classes.get(i);
            Optional<Integer> label = Classes.label(one, dataset.classNames());
            if (label.isEmpty()) {
                problems.add(new Problem(
                        path + "." + i,
                        "class %s does not exist; the data set '%s' has %d classes"
                                .formatted(one, plan.data().name(), dataset.classes()),
                        one instanceof NameOrIndex.Index
                                ? numbers(dataset.classes())
                                : Suggestion.of(one.toString(), "classes", dataset.classNames())));
            } else if (!seen.add(label.get())) {
                problems.add(new Problem(
                        path + "." + i,
                        "class %s is listed twice, by its number %d and by its name"
                                .formatted(dataset.classNames().get(label.get()), label.get()),
                        "list it once"));
            }
        }
    }
}
