package org.obverse.cli.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.configuration.Yaml;

/**
 * How the metrics of a cell are set.
 *
 * @param entries of its plan, by the names that scores have; without the target, which is what a comparison may be about
 */
record MetricSettings(Map<String, Mapping> entries) {
    private static final String TARGET = "target";

    static MetricSettings of(ComparedCell cell) {
        Node plan = Yaml.read(cell.record().plan(), cell.name());
        List<Node> metrics = plan.child("metrics").orElse(plan) instanceof Sequence list ? list.items() : List.of();
        Map<String, Integer> seen = new TreeMap<>();
        Map<String, Mapping> entries = new LinkedHashMap<>();
        for (Node metric : metrics) {
            if (metric.movedTo(0) instanceof Mapping entry) {
                String name = entry.get(Binder.USE).map(Node::plain).orElse("").toString();
                int number = seen.merge(name, 1, Integer::sum);
                entries.put(name + (number == 1 ? "" : "/" + number), entry.without(Set.of(TARGET)));
            }
        }
        return new MetricSettings(entries);
    }

    /** The keys of a metric that are set otherwise elsewhere. */
    List<String> differences(String metric, MetricSettings other) {
        Mapping here = entries.getOrDefault(metric, Node.nothing());
        Mapping there = other.entries.getOrDefault(metric, Node.nothing());
        Set<String> keys = new TreeSet<>(here.entries().keySet());
        keys.addAll(there.entries().keySet());
        List<String> differing = new ArrayList<>();
        for (String key : keys) {
            if (!here.get(key).equals(there.get(key))) {
                differing.add(key);
            }
        }
        return differing;
    }
}
