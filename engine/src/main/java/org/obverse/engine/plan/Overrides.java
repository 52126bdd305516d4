package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Yaml;

/**
 * What the command line changes in a plan: {@code key=value} replaces a key, {@code ~key} drops one, or a stage of the attack,
 * whoever named it. Where {@code use} names
 * another component, what the file says of the former one goes with it, as in Hydra's groups; what other overrides say stays.
 */
final class Overrides {
    private static final String DROP = "~";
    private static final String USE = "." + Binder.USE;

    /** The component itself, and what plans say beside its own keys, whichever it is. */
    private static final Set<String> KEPT = Set.of(Binder.USE, ModelEntries.TARGET, "classes", ListenerKeys.KEY);

    /** They are there without being written: the attack brings them. */
    private static final Set<String> STAGES = Arrays.stream(Stage.values())
            .map(stage -> "attack.stages." + stage.label())
            .collect(Collectors.toSet());

    private final List<Problem> problems = new ArrayList<>();
    private final Consumer<String> remarks;
    private final String option;
    private final boolean isSwap;

    private Overrides(Consumer<String> remarks, String option, boolean isSwap) {
        this.remarks = remarks;
        this.option = option;
        this.isSwap = isSwap;
    }

    /**
     * Those of {@code -o}: what they gave stands on no line.
     *
     * @param remarks told in a line each what goes with a component
     */
    static Overrides ofCommandLine(Consumer<String> remarks) {
        return new Overrides(remarks, "-o ", false);
    }

    /** One swap of a study, whose component takes over no key of the baseline's, wherever that has it from. */
    static Overrides ofSwap() {
        return new Overrides(remark -> {}, "study.swaps: ", true);
    }

    /** Of those that could not be applied. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The tree with every override that can be applied. */
    Mapping apply(List<String> overrides, Mapping written) {
        Mapping tree = written;
        for (String override : overrides) {
            try {
                tree = override.startsWith(DROP)
                        ? without(override.substring(DROP.length()).strip(), tree)
                        : with(override, tree);
            } catch (InvalidConfigurationException e) {
                problems.addAll(e.problems());
            }
        }
        return tree;
    }

    private Mapping without(String key, Mapping tree) {
        if (STAGES.contains(key) && tree.get("attack").isPresent()) {
            int line = tree.at(key).map(Node::line).orElse(0);
            return PlanPath.of(key).set(tree, AttackBinding.leftOut(line));
        }
        return PlanPath.of(key)
                .without(tree)
                .orElseThrow(() -> new InvalidConfigurationException(new Problem(
                        option + DROP + key,
                        "the plan has no such key to drop",
                        "leave the option out, or write the dotted key as it stands in the plan")));
    }

    private Mapping with(String override, Mapping tree) {
        int equals = override.indexOf('=');
        if (equals < 1) {
            throw new InvalidConfigurationException(new Problem(
                    option + override,
                    "this is no override",
                    "write key=value with a dotted key, or ~key to drop one"));
        }
        String key = override.substring(0, equals).strip();
        if (tree.at("study.axes").flatMap(axes -> axes.child(key)).isPresent()) {
            throw new InvalidConfigurationException(new Problem(
                    key,
                    "the study varies this key, so that an override of it would change nothing",
                    "override study.axes." + key + "=[…]"));
        }
        Node value = Yaml.read(override.substring(equals + 1), option + key).movedTo(0);
        Mapping changed = PlanPath.of(key).set(tree, value);
        return key.endsWith(USE)
                ? withoutFormer(key.substring(0, key.length() - USE.length()), tree, changed)
                : changed;
    }

    private Mapping withoutFormer(String section, Mapping before, Mapping after) {
        Optional<Object> former = use(section, before);
        if ((former.isEmpty() && !isSwap)
                || former.equals(use(section, after))
                || !(after.at(section).orElse(after) instanceof Mapping mapping)) {
            return after;
        }
        Mapping kept = given(mapping, KEPT);
        List<String> dropped = mapping.entries().keySet().stream()
                .filter(key -> !kept.entries().containsKey(key))
                .toList();
        if (!dropped.isEmpty()) {
            remarks.accept("%s is another component than '%s', so these keys of the plan are dropped: %s"
                    .formatted(section + USE, former.orElse(""), String.join(", ", dropped)));
        }
        return PlanPath.of(section).set(after, kept);
    }

    private static Optional<Object> use(String section, Mapping tree) {
        return tree.at(section + USE).filter(Node.Scalar.class::isInstance).map(Node::plain);
    }

    /** What overrides gave, which stands on no line, and some keys of the file. */
    private Mapping given(Mapping mapping, Set<String> keys) {
        Map<String, Node> given = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> {
            if ((!isSwap && value.line() == 0) || keys.contains(key)) {
                given.put(key, value);
            } else if (value instanceof Mapping below
                    && !given(below, Set.of()).entries().isEmpty()) {
                given.put(key, given(below, Set.of()));
            }
        });
        return new Mapping(given, mapping.line());
    }
}
