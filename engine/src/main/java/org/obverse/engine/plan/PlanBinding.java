package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.obverse.api.control.Control;
import org.obverse.api.data.Dataset;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.place.Place;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.store.ObjectStore;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;

/** Binds the tree of one cell, section by section; a section that fails is left out and its problems are kept. */
final class PlanBinding {
    private static final String ATTACK = "attack";
    private static final String EXECUTION = "execution";
    static final String PLACES = "places";
    static final String STORE = "store";
    private static final String OLD_LISTENERS = "observers";

    private final Components components;
    private final Mapping root;
    private final List<Problem> faults;
    private final Binder binder = new Binder();
    private final ModelEntries targets;
    private final ModelEntries judges;

    /**
     * @param faults of the text that the tree was read from
     */
    PlanBinding(Components components, Mapping root, List<Problem> faults) {
        this.components = components;
        this.faults = faults;
        this.root = root;
        this.targets = ModelEntries.targets(root, binder);
        this.judges = ModelEntries.evaluation(root, binder);
    }

    List<Problem> problems() {
        return binder.problems();
    }

    /** The tree with what models take over by {@code like}. */
    Mapping whole() {
        return judges.in(targets.in(root));
    }

    /** Nothing if there are problems. */
    Optional<Plan> bind(String name) {
        binder.refuseUnknown(root.without(Set.of(OLD_LISTENERS)), "", PlanForm.sections());
        binder.bind(new Named(name), only("name"), "");
        Seeds seeds = binder.bind(Seeds.DEFAULT, section("seeds"), "seeds");
        Mapping computing = section(EXECUTION);
        Execution execution = binder.bind(Execution.DEFAULT, computing.without(Set.of(PLACES, STORE)), EXECUTION);
        List<PlannedComponent<Place>> places = places(computing);
        List<PlannedComponent<ObjectStore>> store =
                computing.get(STORE).flatMap(node -> choose(Kind.STORE, node, EXECUTION + "." + STORE)).stream()
                        .toList();
        Optional<PlannedComponent<Dataset>> data = data();
        ModelBinding models = new ModelBinding(components, binder);
        Map<String, TargetPlan> target = models.targets(targets, seeds.training());
        Map<String, EvaluationPlan> evaluation = models.evaluation(judges, seeds.evaluation());
        List<PlannedComponent<GeneratorArchitecture>> generator =
                single("generator", (node, path) -> choose(Kind.GENERATOR, node, path));
        AttackBinding attackBinding = new AttackBinding(components, targets.names(), binder);
        Optional<String> attacked = root.get(ATTACK).flatMap(node -> attackBinding.target(node, ATTACK));
        List<AttackPlan> attack = single(ATTACK, (node, path) -> attackBinding.bind(node, path, attacked));
        MembershipBinding membershipBinding = new MembershipBinding(components, targets.names(), binder);
        List<MembershipPlan> membership = single(MembershipPlan.SECTION, membershipBinding::bind);
        ControlBinding controlBinding = new ControlBinding(components, binder);
        List<PlannedComponent<Control>> controls = each(ControlBinding.SECTION, controlBinding::bind);
        MetricBinding metricBinding = new MetricBinding(
                components,
                targets.names(),
                judges.names(),
                root.get(ATTACK)
                        .map(node -> attacked.orElse(""))
                        .or(() -> root.get(MembershipPlan.SECTION)
                                .map(node -> membershipBinding.target().orElse(""))),
                binder);
        List<MetricPlan> metrics = each("metrics", metricBinding::bind);
        Accepted accepted = binder.bind(Accepted.NOTHING, only(Ground.KEY), "");
        List<ListenerPlan> listeners = each("listeners", this::listener);
        requireSections();
        List<Problem> known = new ArrayList<>(faults);
        known.addAll(binder.problems());
        known.addAll(models.problems());
        BoundPlan bound = new BoundPlan(
                root.entries().keySet(),
                target,
                evaluation,
                attacked.orElse(""),
                attackBinding.attack(),
                attackBinding.stages(),
                membershipBinding.target().orElse(""),
                membershipBinding.attacks(),
                controlBinding.bound(),
                metricBinding.bound(),
                execution,
                known);
        new Capabilities(components, bound, whole()).problems().forEach(binder::add);
        return binder.problems().isEmpty()
                ? data.map(chosen -> new Plan(
                        name,
                        seeds,
                        chosen,
                        target,
                        evaluation,
                        generator,
                        attack,
                        membership,
                        controls,
                        metrics,
                        Set.copyOf(accepted.accept()),
                        listeners,
                        execution,
                        places,
                        store))
                : Optional.empty();
    }

    private Optional<PlannedComponent<Dataset>> data() {
        Optional<Node> node = root.get("data");
        if (node.isEmpty()) {
            binder.add(new Problem("data", "a plan needs a data set", "add data: { use: NAME }"));
        }
        return node.flatMap(given -> choose(Kind.DATASET, given, "data"));
    }

    private List<PlannedComponent<Place>> places(Mapping computing) {
        Optional<Node> list = computing.get(PLACES);
        if (list.isPresent() && computing.get("workers").isPresent()) {
            binder.add(new Problem(
                    EXECUTION + ".workers",
                    computing.line("workers"),
                    "these are threads of this process, and the plan names other places",
                    "drop workers, or drop places"));
        }
        String path = EXECUTION + "." + PLACES;
        return list.map(node -> Form.components(node, path, binder, (item, where) -> choose(Kind.PLACE, item, where)))
                .orElse(List.of());
    }

    private void requireSections() {
        root.get(OLD_LISTENERS)
                .ifPresent(list -> binder.add(new Problem(
                        OLD_LISTENERS, list.line(), "the section is called listeners now", "write listeners: [ … ]")));
        boolean target = !targets.names().names().isEmpty();
        if (!target
                && root.get("generator").isEmpty()
                && root.get(ModelEntries.EVALUATION).isEmpty()) {
            binder.add(new Problem(
                    ModelEntries.TARGET,
                    "the plan has nothing to do",
                    "add a target, a generator or evaluation models"));
        }
        for (String section : List.of(ATTACK, MembershipPlan.SECTION, "metrics")) {
            if (!target && root.get(section).isPresent()) {
                binder.add(new Problem(
                        section, root.line(section), "it needs a target", "add target: { classifier: { use: NAME } }"));
            }
        }
        if (root.get(ControlBinding.SECTION).isPresent() && root.get(ATTACK).isEmpty()) {
            binder.add(new Problem(
                    ControlBinding.SECTION,
                    root.line(ControlBinding.SECTION),
                    "controls are judged beside what an attack delivers, and the plan has none",
                    "add attack: { use: NAME }, or drop the section"));
        }
    }

    private Optional<ListenerPlan> listener(Node node, String path) {
        Mapping importance = node.child(ListenerKeys.KEY)
                .map(value -> Node.nothing().with(ListenerKeys.KEY, value))
                .orElse(Node.nothing());
        ListenerKeys keys = binder.bind(ListenerKeys.DEFAULT, importance, path);
        return components
                .bind(Kind.LISTENER, node, path, Set.of(ListenerKeys.KEY), binder)
                .map(chosen -> new ListenerPlan(chosen, keys.bestEffort()));
    }

    private <T> Optional<PlannedComponent<T>> choose(Kind<T> kind, Node node, String path) {
        return components.bind(kind, node, path, Set.of(), binder);
    }

    private <P> List<P> single(String section, BiFunction<Node, String, Optional<P>> read) {
        return root.get(section).flatMap(node -> read.apply(node, section)).stream()
                .toList();
    }

    private <P> List<P> each(String section, BiFunction<Node, String, Optional<P>> read) {
        return root.get(section)
                .map(node -> Form.components(node, section, binder, read))
                .orElse(List.of());
    }

    private Mapping section(String key) {
        return root.get(key).flatMap(node -> Form.mapping(node, key, binder)).orElse(Node.nothing());
    }

    private Mapping only(String key) {
        return root.get(key).map(value -> Node.nothing().with(key, value)).orElse(Node.nothing());
    }

    /** So that a name that is no text is reported like any other key. */
    record Named(String name) {}

    /** Reads the plan's key {@code accept}. */
    record Accepted(
            @Meaning("grounds on which the evaluation may be refused and is not; every table says so")
            List<Ground> accept)
            implements Checked {
        static final Accepted NOTHING = new Accepted(List.of());

        @Override
        public List<Problem> check() {
            List<Problem> problems = new ArrayList<>();
            for (int i = 0; i < accept.size(); i++) {
                if (accept.indexOf(accept.get(i)) < i) {
                    problems.add(new Problem(
                            Ground.KEY + "." + i, accept.get(i).label() + " is accepted already", "name it once"));
                }
            }
            return problems;
        }
    }
}
