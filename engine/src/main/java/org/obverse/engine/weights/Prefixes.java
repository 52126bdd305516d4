package org.obverse.engine.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What stands before the names of a network's tensors, when something is wrapped around the network. */
final class Prefixes {
    /** What trainers, compilers and parallel wrappers put before every name. */
    private static final List<String> WRAPPERS =
            List.of("model.", "module.", "_orig_mod.", "state_dict.", "model_state_dict.");

    /** What torch's averaged model keeps beside the network that it wraps. */
    private static final Set<String> BESIDE = Set.of("n_averaged");

    private static final int DEEPEST = 4;
    private static final int MOST = 64;
    private static final int LEAST_TENSORS = 10;

    private Prefixes() {}

    /** The wrappers around all names, outermost first; empty if there are none. */
    static String shared(Set<String> names) {
        String prefix = "";
        boolean found = !names.isEmpty();
        while (found) {
            found = false;
            for (String wrapper : WRAPPERS) {
                String longer = prefix + wrapper;
                if (names.stream()
                        .allMatch(name -> BESIDE.contains(name) || (name.startsWith(longer) && !name.equals(longer)))) {
                    prefix = longer;
                    found = true;
                }
            }
        }
        return prefix;
    }

    /** The prefixes under which the names are those of a published architecture; the outermost ones, in their order. */
    static List<String> ofArchitectures(Map<String, StoredTensor> tensors) {
        List<String> complete = new ArrayList<>();
        for (String prefix : candidates(tensors.keySet())) {
            boolean inside = complete.stream().anyMatch(prefix::startsWith);
            if (!inside && !Architecture.of(under(prefix, tensors)).isEmpty()) {
                complete.add(prefix);
            }
        }
        return complete;
    }

    private static List<String> candidates(Set<String> names) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String name : names) {
            for (int parts = 1; parts <= DEEPEST; parts++) {
                counts.merge(leading(name, parts), 1, Integer::sum);
            }
        }
        counts.remove("");
        List<String> candidates = new ArrayList<>(List.of(""));
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= LEAST_TENSORS)
                .map(Map.Entry::getKey)
                .limit(MOST)
                .forEach(candidates::add);
        return candidates;
    }

    /** The first parts of a name, with the dot behind them; empty if it has not more parts than that. */
    static String leading(String name, int parts) {
        int end = 0;
        for (int i = 0; i < parts; i++) {
            int dot = name.indexOf('.', end);
            if (dot < 0) {
                return "";
            }
            end = dot + 1;
        }
        return name.substring(0, end);
    }

    /** The tensors whose names begin with a prefix, without it. */
    static Map<String, StoredTensor> under(String prefix, Map<String, StoredTensor> tensors) {
        Map<String, StoredTensor> under = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                under.put(name.substring(prefix.length()), tensor);
            }
        });
        return under;
    }

    /** How names begin, in words for messages, such as {@code 'model.' (122), 'criterion.' (1)}. */
    static String told(Set<String> names) {
        Map<String, Integer> counts = new TreeMap<>();
        names.forEach(name -> counts.merge(name.substring(0, name.indexOf('.') + 1), 1, Integer::sum));
        counts.remove("");
        return counts.entrySet().stream()
                .limit(8)
                .map(entry -> "'" + Place.shown(entry.getKey()) + "' (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
