package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;

/** The models of one section by name, each with what it takes over from another by {@code like}. */
final class ModelEntries {
    static final String TARGET = "target";
    static final String TARGETS = "targets";
    static final String EVALUATION = "evaluation";
    static final String LIKE = "like";
    static final String TRAINING = "training";
    static final String WEIGHTS = "weights";
    private static final String JUDGE = "evaluation model";
    private static final String NAME = "[a-z0-9][a-z0-9-]*";

    private final String section;
    private final ModelNames names;
    private final Map<String, Mapping> written;
    private final Binder binder;
    private final Map<String, Optional<ModelEntry>> resolved = new LinkedHashMap<>();

    /**
     * A model as its plan describes it.
     *
     * @param path where it stands
     * @param whole its keys and those that it takes over
     * @param own the keys that stand in its own entry
     * @param like the name of the model whose keys it takes over; empty for none
     */
    record ModelEntry(String name, String path, Mapping whole, Mapping own, String like) {}

    private ModelEntries(String section, ModelNames names, Mapping given, Binder binder) {
        this.section = section;
        this.names = names;
        this.binder = binder;
        this.written = new LinkedHashMap<>();
        given.entries().forEach((name, node) -> {
            refuseName(name, node);
            Form.mapping(node, path(name), binder).ifPresent(keys -> written.put(name, keys));
        });
        written.forEach((name, own) -> resolve(name, own, List.of()));
    }

    /** The section {@code targets}, or {@code target}, which is short for one model of that name. */
    static ModelEntries targets(Mapping root, Binder binder) {
        Optional<Node> one = root.get(TARGET);
        Optional<Node> many = root.get(TARGETS);
        if (one.isPresent() && many.isPresent()) {
            binder.add(new Problem(
                    TARGET,
                    one.get().line(),
                    "it is short for one model called target, and the plan has targets as well",
                    "write it as an entry of targets, or key by key as targets.NAME.KEY"));
        }
        Mapping given = many.isPresent()
                ? Form.mapping(many.get(), TARGETS, binder).orElse(Node.nothing())
                : one.map(node -> Node.nothing().with(TARGET, node)).orElse(Node.nothing());
        return new ModelEntries(
                many.isPresent() ? TARGETS : "",
                new ModelNames(TARGET, given.entries().keySet()),
                given,
                binder);
    }

    static ModelEntries evaluation(Mapping root, Binder binder) {
        Node section = root.get(EVALUATION).orElse(Node.nothing());
        if (section instanceof Sequence list) {
            binder.add(EvaluationList.problem(list));
            Set<String> names = EvaluationList.named(list).keySet();
            return new ModelEntries(EVALUATION, new ModelNames(JUDGE, names), Node.nothing(), binder);
        }
        Mapping given = Form.mapping(section, EVALUATION, binder).orElse(Node.nothing());
        ModelNames names = new ModelNames(JUDGE, given.entries().keySet());
        return new ModelEntries(EVALUATION, names, given, binder);
    }

    /** Also of models that have problems. */
    ModelNames names() {
        return names;
    }

    /** The models whose keys could be found, in the plan's order. */
    List<ModelEntry> entries() {
        return written.keySet().stream()
                .flatMap(name -> resolved.getOrDefault(name, Optional.empty()).stream())
                .toList();
    }

    /** The plan's tree with these models in whole, so that a key that was taken over has its line. */
    Mapping in(Mapping root) {
        Mapping tree = root;
        for (ModelEntry entry : entries()) {
            Optional<Node> around = section.isEmpty() ? Optional.of(tree) : tree.get(section);
            if (around.isPresent() && around.get() instanceof Mapping mapping) {
                Mapping whole = mapping.with(entry.name(), entry.whole());
                tree = section.isEmpty() ? whole : tree.with(section, whole);
            }
        }
        return tree;
    }

    private String path(String name) {
        return section.isEmpty() ? name : section + "." + name;
    }

    private void refuseName(String name, Node node) {
        if (!name.matches(NAME)) {
            binder.add(new Problem(
                    path(name),
                    node.line(),
                    "'" + name + "' cannot be the name of a model",
                    "use lower-case letters, digits and hyphens"));
        }
    }

    /**
     * @param above the models that are like this one, outermost first
     * @return nothing if a problem was reported, of this model or of one that it is like
     */
    private Optional<ModelEntry> resolve(String name, Mapping own, List<String> above) {
        Optional<ModelEntry> known = resolved.get(name);
        if (known != null) {
            return known;
        }
        Optional<Node> like = own.get(LIKE);
        Optional<ModelEntry> entry = like.isEmpty()
                ? Optional.of(new ModelEntry(name, path(name), own, own, ""))
                : like(like.get(), name, above)
                        .map(other -> new ModelEntry(name, path(name), over(other.whole(), own), own, other.name()));
        resolved.putIfAbsent(name, entry);
        return entry;
    }

    private Optional<ModelEntry> like(Node node, String name, List<String> above) {
        Optional<String> quoted = names.quoted(node, path(name) + "." + LIKE, binder);
        Optional<Mapping> other = quoted.map(written::get);
        if (quoted.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        List<String> chain = new ArrayList<>(above);
        chain.add(name);
        int start = chain.indexOf(quoted.get());
        if (start >= 0) {
            List<String> circle = new ArrayList<>(chain.subList(start, chain.size()));
            circle.add(quoted.get());
            binder.add(new Problem(
                    path(name) + "." + LIKE,
                    node.line(),
                    "'" + String.join("' is like '", circle) + "'",
                    "write one of them without like"));
            return Optional.empty();
        }
        return resolve(quoted.get(), other.get(), chain);
    }

    /** Weights are trained or loaded: whoever gives one way takes nothing over of the other. */
    private static Mapping over(Mapping other, Mapping own) {
        Mapping taken = own.get(TRAINING).isPresent() ? other.without(Set.of(WEIGHTS, "classes")) : other;
        boolean loads = own.get(WEIGHTS).orElse(own) instanceof Scalar scalar
                && !scalar.value().equals("");
        return (loads ? taken.without(Set.of(TRAINING)) : taken).overlaid(own.without(Set.of(LIKE)));
    }
}
