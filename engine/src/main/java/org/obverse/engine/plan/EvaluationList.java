package org.obverse.engine.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;

/** The form that the section {@code evaluation} once had, when a model was named by its classifier. */
final class EvaluationList {
    private EvaluationList() {}

    /** The same models by name, each in outline, such as {@code { classifier: { use: linear }, training: { … } }}. */
    static Map<String, String> named(Sequence list) {
        Map<String, String> models = new LinkedHashMap<>();
        for (Node item : list.items()) {
            String name = item.at("classifier." + Binder.USE)
                    .map(EvaluationList::outline)
                    .orElse("judge");
            String free = name;
            for (int i = 2; models.containsKey(free); i++) {
                free = name + "-" + i;
            }
            models.put(free, item instanceof Mapping mapping ? model(mapping) : outline(item));
        }
        return models;
    }

    static Problem problem(Sequence list) {
        return new Problem(
                ModelEntries.EVALUATION,
                list.line(),
                "it is a mapping of names now",
                "write " + ModelEntries.EVALUATION + ": " + flow(named(list)));
    }

    private static String model(Mapping mapping) {
        Map<String, String> keys = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> keys.put(key, outline(value)));
        return flow(keys);
    }

    private static String outline(Node node) {
        if (node instanceof Mapping mapping) {
            Optional<Node> use = mapping.get(Binder.USE);
            String more = mapping.entries().size() > 1 ? ", … }" : " }";
            return use.map(name -> "{ use: " + outline(name) + more).orElse("{ … }");
        }
        if (node instanceof Scalar scalar) {
            return String.valueOf(scalar.value());
        }
        return node instanceof Sequence ? "[ … ]" : "…";
    }

    private static String flow(Map<String, String> keys) {
        return keys.isEmpty()
                ? "{}"
                : keys.entrySet().stream()
                        .map(key -> key.getKey() + ": " + key.getValue())
                        .collect(Collectors.joining(", ", "{ ", " }"));
    }
}
