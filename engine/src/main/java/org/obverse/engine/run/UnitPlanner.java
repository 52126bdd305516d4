package org.obverse.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Stage;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Granularity;
import org.obverse.api.plugin.Requirements.Subject;
import org.obverse.engine.configuration.CanonicalJson;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.Chosen;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.EvaluationPlan;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.TargetPlan;

/** Cuts a plan into units, every unit behind those that it reads. */
final class UnitPlanner {
    private final Plan plan;
    private final List<Integer> classes;
    private final String images;
    private final FileHashes files;
    private final Components components;
    private final List<Unit> units = new ArrayList<>();

    private UnitPlanner(Plan plan, List<Integer> classes, String images, FileHashes files, Components components) {
        this.plan = plan;
        this.classes = classes;
        this.images = images;
        this.files = files;
        this.components = components;
    }

    /**
     * @param classes that are attacked, in order
     * @param images digest of the files that the data set reads; empty if it reads none
     * @param files tells files that the plan names from others of the same path
     * @param components finds the plugins of components that configurations name
     */
    static List<Unit> units(Plan plan, List<Integer> classes, String images, FileHashes files, Components components) {
        UnitPlanner planner = new UnitPlanner(plan, classes, images, files, components);
        planner.networks();
        planner.attacks();
        planner.judgements();
        return List.copyOf(planner.units);
    }

    private void networks() {
        long training = plan.seeds().training();
        add("data", Slot.DATA, List.of(plan.data()), images, plan.seeds().split(), List.of(), List.of());
        for (TargetPlan target : plan.target()) {
            List<Chosen<?>> parts = new ArrayList<>();
            parts.add(target.classifier());
            parts.addAll(target.defense());
            add("target", Slot.TARGET, parts, origin(target.origin()), training, List.of(), List.of("data"));
        }
        for (int i = 0; i < plan.evaluation().size(); i++) {
            EvaluationPlan model = plan.evaluation().get(i);
            add(
                    "evaluation/" + i,
                    Slot.EVALUATION_MODEL,
                    List.of(model.classifier()),
                    origin(model.origin()) + " " + model.pixels() + " " + model.classes(),
                    plan.seeds().evaluation(),
                    List.of(),
                    List.of("data"));
        }
        for (Chosen<?> generator : plan.generator()) {
            add("generator", Slot.GENERATOR, List.of(generator), "", training, List.of(), List.of("data"));
        }
    }

    private String origin(Origin origin) {
        if (origin instanceof Origin.Trained trained) {
            return CanonicalJson.of(Node.of(trained.recipe()));
        }
        // The files that a component brings its weights in are hashed with its configuration.
        return origin instanceof Origin.Loaded loaded ? files.of(loaded.location()) : "";
    }

    private void attacks() {
        for (AttackPlan attack : plan.attack()) {
            int candidates = Math.max(1, attack.sample().requirements().candidates());
            int classesPerUnit = Math.max(1, plan.execution().batch() / candidates);
            List<String> networks = new ArrayList<>(List.of("target"));
            if (attack.searchesPlanned(components)) {
                networks.add("generator");
            }
            for (Chosen<Preparer> preparer : attack.prepare()) {
                prepare(preparer);
                networks.add("prepare");
            }
            List<Unit> previous = List.of();
            for (StagePlan stage : attack.searches()) {
                previous = stage(stage, classesPerUnit, networks, previous);
            }
        }
    }

    /** It depends on what it may ask and on nothing else, so that targets share what was made without asking them. */
    private void prepare(Chosen<Preparer> preparer) {
        Needs needs = Needs.of(preparer, components);
        List<String> upstream = new ArrayList<>(List.of("data"));
        if (needs.access() != Access.NONE) {
            upstream.add("target");
        }
        if (!needs.generator().isEmpty()) {
            upstream.add("generator");
        }
        add("prepare", Slot.PREPARE, List.of(preparer), "", plan.seeds().attack(), classes, upstream);
    }

    private List<Unit> stage(StagePlan stage, int classesPerUnit, List<String> networks, List<Unit> previous) {
        Requirements requirements = stage.component().requirements();
        List<List<Integer>> groups = groups(requirements.granularity(), classesPerUnit);
        String rest = access(stage.stage()) + (requirements.coupling().isEmpty() ? "" : classes);
        List<Unit> made = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            List<Integer> group = groups.get(i);
            List<String> upstream = new ArrayList<>(networks);
            previous.stream()
                    .filter(unit -> unit.classes().stream().anyMatch(group::contains))
                    .forEach(unit -> upstream.add(unit.id()));
            made.add(add(
                    stage.stage().label() + (groups.size() == 1 ? "" : "/" + i),
                    Slot.of(stage.stage()),
                    List.of(stage.component()),
                    rest,
                    plan.seeds().attack(),
                    group,
                    upstream));
        }
        return made;
    }

    private String access(Stage stage) {
        TargetPlan target = plan.target().get(0);
        return target.access().label() + " " + target.budget().getOrDefault(stage, Long.MAX_VALUE);
    }

    /** Whole classes, in groups whose sizes differ by at most one. */
    private List<List<Integer>> groups(Granularity granularity, int classesPerUnit) {
        int most = switch (granularity) {
            case ALL_CLASSES -> classes.size();
            case BATCH_OF_CLASSES -> classesPerUnit;
            case ONE_CLASS -> 1;
        };
        int count = (classes.size() + most - 1) / most;
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            groups.add(classes.subList(classes.size() * i / count, classes.size() * (i + 1) / count));
        }
        return groups;
    }

    private void judgements() {
        Set<String> judged = new LinkedHashSet<>();
        units.forEach(unit -> judged.add(unit.id()));
        String crops =
                plan.evaluation().stream().map(EvaluationPlan::crop).toList().toString();
        for (int i = 0; i < plan.metrics().size(); i++) {
            Chosen<?> metric = plan.metrics().get(i);
            boolean ofTarget = metric.requirements().subject() == Subject.TARGET;
            add(
                    metricId(i),
                    Slot.METRIC,
                    List.of(metric),
                    ofTarget ? "" : crops,
                    plan.seeds().evaluation(),
                    List.of(),
                    ofTarget ? List.of("data", "target") : List.copyOf(judged));
        }
        for (AttackPlan attack : plan.attack()) {
            add(
                    "gallery",
                    Slot.GALLERY,
                    List.of(attack.recipe()),
                    "",
                    plan.seeds().evaluation(),
                    classes,
                    List.copyOf(judged));
        }
    }

    /** A metric that is asked for twice, with other settings, gets a number. */
    private String metricId(int index) {
        String name = plan.metrics().get(index).name();
        long before = plan.metrics().subList(0, index).stream()
                .filter(metric -> metric.name().equals(name))
                .count();
        return "metric/" + name + (before == 0 ? "" : "/" + (before + 1));
    }

    private Unit add(
            String id,
            Slot slot,
            List<? extends Chosen<?>> parts,
            String rest,
            long seed,
            List<Integer> group,
            List<String> upstream) {
        Set<String> plugins = new LinkedHashSet<>();
        StringBuilder configuration = new StringBuilder();
        for (Chosen<?> part : parts) {
            components.plugins(part).forEach(plugin -> plugins.add(plugin.id()));
            Node.Mapping tree = PlanWriter.tree(part);
            configuration
                    .append(CanonicalJson.of(tree))
                    .append(files.in(tree).values())
                    .append(' ');
        }
        String execution = "%s, %d threads, batch %d, TF32 %s, cuDNN %s"
                .formatted(
                        plan.execution().device(),
                        plan.execution().threads(),
                        plan.execution().batch(),
                        plan.execution().tf32(),
                        plan.execution().cudnn());
        Unit unit = new Unit(
                id,
                slot,
                parts.get(0).name(),
                List.copyOf(plugins),
                configuration + rest,
                seed,
                group,
                execution,
                upstream);
        units.add(unit);
        return unit;
    }
}
