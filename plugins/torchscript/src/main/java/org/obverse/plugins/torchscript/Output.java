package org.obverse.plugins.torchscript;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.obverse.api.network.ScriptedValue;
import org.obverse.api.network.ScriptedValue.Dictionary;
import org.obverse.api.network.ScriptedValue.Other;
import org.obverse.api.network.ScriptedValue.Row;
import org.obverse.api.network.ScriptedValue.Tensor;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.NameOrIndex.Index;
import org.obverse.api.plugin.NameOrIndex.Name;
import org.obverse.api.plugin.Problem;

/** Finds the logits in what a program returns; what else it returns does not matter. */
record Output(TorchScriptConfiguration settings) {
    /**
     * @throws InvalidConfigurationException if the key {@code output} chooses no tensor of the result
     */
    NDArray of(ScriptedValue result) {
        if (result instanceof Dictionary dictionary) {
            return entry(dictionary);
        }
        if (result instanceof Row row) {
            return entry(row);
        }
        if (result instanceof Other other) {
            throw refused("the program returns no tensor but " + other.type(), "save a model that returns logits");
        }
        if (!settings.output().equals(TorchScriptConfiguration.FIRST)) {
            throw refused("the program returns one tensor, so there is no output " + output(), "leave output out");
        }
        return ((Tensor) result).array();
    }

    private NDArray entry(Dictionary dictionary) {
        List<String> keys = List.copyOf(dictionary.entries().keySet());
        ScriptedValue entry =
                output() instanceof Name name ? dictionary.entries().get(name.name()) : null;
        if (entry == null) {
            String rule = output() instanceof Name
                    ? "the program returns a dictionary without '" + output() + "'"
                    : "the program returns a dictionary, whose entries have names and no order";
            throw refused(rule, choice(keys));
        }
        return tensor(entry);
    }

    private NDArray entry(Row row) {
        int size = row.values().size();
        if (output() instanceof Index index) {
            if (index.index() >= size) {
                throw refused(
                        "the program returns " + size + " values, so there is no output " + index,
                        size == 0 ? "save a model that returns logits" : "set output to at most " + (size - 1));
            }
            return tensor(row.values().get(index.index()));
        }
        int place = row.names().indexOf(((Name) output()).name());
        if (place < 0) {
            String rule = row.names().isEmpty()
                    ? "the program returns " + size + " values without names"
                    : "the program returns a named tuple without '" + output() + "'";
            throw refused(rule, row.names().isEmpty() ? "count them from 0, as in output: 0" : choice(row.names()));
        }
        return tensor(row.values().get(place));
    }

    private NDArray tensor(ScriptedValue entry) {
        if (entry instanceof Tensor tensor) {
            return tensor.array();
        }
        String found = entry instanceof Other other ? other.type() : "a collection";
        throw refused(
                "the program's output " + output() + " is " + found + ", not a tensor",
                "choose another output, or save a model that returns logits");
    }

    private NameOrIndex output() {
        return settings.output();
    }

    private static String choice(List<String> names) {
        return names.isEmpty()
                ? "save a model that returns logits"
                : "choose one of " + String.join(", ", names) + " by its name, as in output: "
                        + (names.contains("logits") ? "logits" : names.get(0));
    }

    private InvalidConfigurationException refused(String message, String wayOut) {
        return new InvalidConfigurationException(new Problem(settings.file(), message, wayOut));
    }
}
