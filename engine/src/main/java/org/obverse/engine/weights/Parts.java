package org.obverse.engine.weights;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The parts of what a pickle held. A state dict is one; a training checkpoint has several, of which some are networks. Names
 * of a state dict's tensors have dots ({@code conv1.weight}), which tells it from a dictionary of other things.
 */
final class Parts {
    /** What the names of a checkpoint's parts begin with that are no network. */
    private static final List<String> BESIDE_NETWORKS = List.of(
            "optim",
            "sched",
            "lr_",
            "scaler",
            "grad_scaler",
            "amp",
            "callbacks",
            "loops",
            "rng",
            "criterion",
            "loss",
            "metric");

    private final BiFunction<String, Value, Map<String, StoredTensor>> tensors;
    private final Map<String, Map<String, StoredTensor>> all = new LinkedHashMap<>();
    private final List<String> networks = new ArrayList<>();
    private final Map<String, String> modules = new LinkedHashMap<>();

    /** One table may be met again and again; it is looked through once. */
    private final IdentityHashMap<Value.Table, Boolean> stateDicts = new IdentityHashMap<>();

    private final IdentityHashMap<Value.Table, Boolean> checkpoints = new IdentityHashMap<>();

    private Parts(BiFunction<String, Value, Map<String, StoredTensor>> tensors) {
        this.tensors = tensors;
    }

    /**
     * @param tensors of a value at a path
     */
    static Parts of(Value root, BiFunction<String, Value, Map<String, StoredTensor>> tensors) {
        Parts parts = new Parts(tensors);
        Value.Table table = table(root);
        if (table.entries().isEmpty()) {
            parts.put("", root);
            return parts;
        }
        parts.split("", table, 0);
        parts.choose(table);
        return parts;
    }

    /** The tensors of each part; those that are in none are in one without name. */
    Map<String, Map<String, StoredTensor>> all() {
        return all;
    }

    /** Parts that may be a network. */
    List<String> networks() {
        return networks;
    }

    /** The classes of the modules among the parts. */
    Map<String, String> modules() {
        return modules;
    }

    /** Whatever has items is looked at as a dictionary; anything else as an empty one. */
    private static Value.Table table(Value value) {
        Map<String, Value> entries = new LinkedHashMap<>();
        if (value instanceof Value.Table table) {
            return table;
        }
        if (value instanceof Value.Sequence sequence) {
            sequence.items().forEach(item -> entries.put("" + entries.size(), item));
        }
        return new Value.Table(entries);
    }

    private void split(String path, Value.Table table, int depth) {
        Map<String, Value> own = new LinkedHashMap<>();
        table.entries().forEach((key, value) -> {
            String name = path + key;
            if (value instanceof Value.Tensor) {
                own.put(key, value);
            } else if (depth < Limits.DEPTH && value instanceof Value.Table inner && isCheckpoint(inner)) {
                split(name + ".", inner, depth + 1);
            } else {
                put(name, value);
            }
        });
        put(path.isEmpty() ? "" : path.substring(0, path.length() - 1), new Value.Table(own));
    }

    /** Whether a dictionary holds state dicts and is none. */
    private boolean isCheckpoint(Value.Table table) {
        return checkpoints.computeIfAbsent(
                table,
                looked -> !isStateDict(looked)
                        && looked.entries().values().stream()
                                .anyMatch(value -> value instanceof Value.Table inner && isStateDict(inner)));
    }

    private boolean isStateDict(Value.Table table) {
        return stateDicts.computeIfAbsent(
                table,
                looked -> looked.entries().entrySet().stream()
                        .anyMatch(entry -> entry.getKey().contains(".") && isArray(entry.getValue())));
    }

    private static boolean isArray(Value value) {
        return value instanceof Value.Tensor tensor && tensor.view().rank() > 0;
    }

    private void put(String name, Value value) {
        Map<String, StoredTensor> found = tensors.apply(name, value);
        if (found.isEmpty()) {
            return;
        }
        all.put(name, found);
        if (value instanceof Value.Module module) {
            modules.put(name, module.className());
        }
        boolean network = !(value instanceof Value.Sequence)
                && !isOptimizer(value)
                && BESIDE_NETWORKS.stream().noneMatch(name.substring(name.lastIndexOf('.') + 1)::startsWith)
                && hasRank(found, 1);
        if (network) {
            networks.add(name);
        }
    }

    /** What every optimizer of torch gives as its state. */
    private static boolean isOptimizer(Value value) {
        return value instanceof Value.Table table && table.entries().containsKey("param_groups");
    }

    private static boolean hasRank(Map<String, StoredTensor> tensors, int least) {
        return tensors.values().stream().anyMatch(tensor -> tensor.shape().dimension() >= least);
    }

    /** Leaves what is most of a network: a file that is a state dict itself, then what is in a part, then what has matrices. */
    private void choose(Value.Table root) {
        if (isOptimizer(root)) {
            networks.clear();
        } else if (isStateDict(root)) {
            networks.retainAll(List.of(""));
        } else if (networks.size() > 1) {
            networks.remove("");
            if (networks.stream().anyMatch(this::hasMatrix)) {
                networks.removeIf(part -> !hasMatrix(part));
            }
        }
    }

    private boolean hasMatrix(String part) {
        return hasRank(all.getOrDefault(part, Map.of()), 2);
    }
}
