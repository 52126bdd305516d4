package org.obverse.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.configuration.Yaml;

/**
 * A key of a plan and the values that the command line gives it.
 *
 * @param key dotted
 * @param values at least one
 */
record VariedKey(String key, List<Node> values) {
    private static final Set<String> STAGES =
            Arrays.stream(Stage.values()).map(Stage::label).collect(Collectors.toSet());

    VariedKey {
        values = List.copyOf(values);
    }

    /**
     * @param text {@code KEY=V1,V2}; values are YAML
     * @param option that it was given to
     * @throws InvalidConfigurationException if it is anything else
     */
    static VariedKey of(String text, String option) {
        int equals = text.indexOf('=');
        String values = text.substring(equals + 1);
        if (equals < 1 || values.isBlank()) {
            throw new InvalidConfigurationException(new Problem(
                    option + " " + text, "names no key with its values", "write KEY=VALUE, or KEY=VALUE,VALUE"));
        }
        String key = text.substring(0, equals).strip();
        return new VariedKey(key, ((Sequence) Yaml.read("[" + values + "]", option + " " + key)).items());
    }

    /** The override that makes an axis of it. */
    String axis() {
        return "study.axes." + key + "=" + list(values);
    }

    /** One override per value. What begins with a stage is below {@code attack.stages}; a stage alone means its component. */
    List<String> swaps() {
        List<String> swaps = new ArrayList<>();
        for (Node value : values) {
            boolean isComponent = STAGES.contains(key) && value instanceof Scalar;
            swaps.add(whole(key) + (isComponent ? "." + Binder.USE : "") + "=" + Yaml.flow(value));
        }
        return swaps;
    }

    /** The key of a plan that a short one stands for. */
    static String whole(String key) {
        return STAGES.contains(key.split("\\.", 2)[0]) ? "attack.stages." + key : key;
    }

    private static String list(List<Node> values) {
        return values.stream().map(Yaml::flow).collect(Collectors.joining(", ", "[", "]"));
    }
}
