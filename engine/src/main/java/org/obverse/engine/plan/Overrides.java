package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Yaml;

/** Keys given on the command line, which replace those of the file. */
final class Overrides {
    private Overrides() {}

    static Mapping apply(List<String> overrides, Mapping written) {
        Mapping tree = written;
        List<Problem> problems = new ArrayList<>();
        for (String override : overrides) {
            try {
                tree = apply(override, tree);
            } catch (InvalidConfigurationException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return tree;
    }

    private static Mapping apply(String override, Mapping tree) {
        int equals = override.indexOf('=');
        if (equals < 1) {
            throw new InvalidConfigurationException(
                    new Problem("-o " + override, "this is no override", "write key=value with a dotted key"));
        }
        String key = override.substring(0, equals).strip();
        if (tree.at("study.axes").flatMap(axes -> axes.child(key)).isPresent()) {
            throw new InvalidConfigurationException(new Problem(
                    key,
                    "the study varies this key, so that an override of it would change nothing",
                    "override study.axes." + key + "=[…]"));
        }
        Node value = Yaml.read(override.substring(equals + 1), "-o " + key).movedTo(0);
        return PlanPath.of(key).set(tree, value);
    }
}
