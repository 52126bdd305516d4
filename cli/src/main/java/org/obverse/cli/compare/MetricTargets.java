package org.obverse.cli.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.configuration.Yaml;

/**
 * Of which models a plan's metrics are.
 *
 * @param planned the model that each names, by the names that scores have
 */
public record MetricTargets(Map<String, String> planned) {
    private static final String TARGET = "target";
    private static final String NUMBER = "/";

    /**
     * @param plan resolved, YAML; empty if the cell has not begun
     */
    public static MetricTargets of(String plan) {
        Node metrics = plan.isEmpty()
                ? Node.nothing()
                : Yaml.read(plan, "plan").child("metrics").orElse(Node.nothing());
        Map<String, Integer> seen = new TreeMap<>();
        Map<String, String> planned = new LinkedHashMap<>();
        for (Node metric : metrics instanceof Sequence list ? list.items() : List.<Node>of()) {
            if (metric.movedTo(0) instanceof Mapping entry) {
                String name = text(entry, Binder.USE);
                int number = seen.merge(name, 1, Integer::sum);
                planned.put(name + (number == 1 ? "" : NUMBER + number), text(entry, TARGET));
            }
        }
        return new MetricTargets(planned);
    }

    private static String text(Mapping entry, String key) {
        return String.valueOf(entry.get(key).map(Node::plain).orElse(""));
    }

    /** What tells a metric's figures from those that it has of other models, such as {@code  of negative}; empty if it has none. */
    public String suffix(String metric) {
        long models = planned.entrySet().stream()
                .filter(other -> component(other.getKey()).equals(component(metric)))
                .map(Map.Entry::getValue)
                .distinct()
                .count();
        return models > 1 ? " of " + planned.getOrDefault(metric, "") : "";
    }

    private static String component(String metric) {
        return metric.split(NUMBER, 2)[0];
    }
}
