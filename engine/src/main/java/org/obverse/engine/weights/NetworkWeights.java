package org.obverse.engine.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tensors of a file that one network is built from, under the names that the network asks for.
 *
 * @param part of the file that they are in, such as {@code model_state_dict}; empty if the file has no parts
 * @param prefix that all their names had, and have no longer, such as {@code model._orig_mod.}; empty if none
 * @param tensors by name
 * @param companions of another network that goes with it, by name: a StyleGAN2 discriminator under {@code D.}
 */
public record NetworkWeights(
        String part, String prefix, Map<String, StoredTensor> tensors, Map<String, StoredTensor> companions) {
    /** What trainers, compilers and parallel wrappers put before every name. */
    private static final List<String> WRAPPERS =
            List.of("model.", "module.", "_orig_mod.", "state_dict.", "model_state_dict.");

    private static final String AVERAGED = "G_ema";
    private static final String DISCRIMINATOR = "D";

    /** The parts of a training checkpoint that are no network. */
    private static final List<String> BESIDE_NETWORKS = List.of("optim", "sched", "lr_", "scaler", "amp");

    /**
     * The part that networks are built from, if the file leaves no choice.
     *
     * <p>Of a network pickle it is {@code G_ema}, with {@code D} as companion. Of a checkpoint it is the only part that is
     * no state of an optimizer, a scheduler or a scaler.
     */
    static NetworkWeights only(Place place, Contents contents) {
        Map<String, Map<String, StoredTensor>> parts = contents.parts();
        if (contents.modules().containsKey(AVERAGED)) {
            Map<String, StoredTensor> companions = new LinkedHashMap<>();
            parts.getOrDefault(DISCRIMINATOR, Map.of())
                    .forEach((name, tensor) -> companions.put(DISCRIMINATOR + "." + name, tensor));
            return new NetworkWeights(AVERAGED, "", parts.getOrDefault(AVERAGED, Map.of()), companions);
        }
        List<String> networks = parts.keySet().stream()
                .filter(part -> BESIDE_NETWORKS.stream().noneMatch(part::startsWith))
                .filter(part -> parts.size() == 1 || !isNumber(parts.getOrDefault(part, Map.of())))
                .toList();
        if (networks.size() != 1) {
            throw place.refused(
                    networks.isEmpty() ? "holds no network's tensors" : "holds several networks: " + quoted(networks),
                    "choose one: obverse import FILE --part NAME --to OUT.safetensors");
        }
        return named(place, contents, networks.get(0));
    }

    /** A tensor without axes is a training's number. */
    private static boolean isNumber(Map<String, StoredTensor> part) {
        return part.size() == 1
                && part.entrySet().stream()
                        .allMatch(entry -> entry.getKey().equals(Naming.LONE)
                                && entry.getValue().shape().dimension() == 0);
    }

    static NetworkWeights named(Place place, Contents contents, String part) {
        Map<String, StoredTensor> tensors = contents.parts().get(part);
        if (tensors == null) {
            throw place.refused(
                    "has no part '" + Place.shown(part) + "'",
                    "its parts are " + quoted(List.copyOf(contents.parts().keySet())));
        }
        String prefix = prefix(tensors);
        Map<String, StoredTensor> stripped = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> stripped.put(name.substring(prefix.length()), tensor));
        return new NetworkWeights(part, prefix, stripped, Map.of());
    }

    private static String quoted(List<String> parts) {
        return parts.stream()
                .limit(20)
                .map(part -> "'" + Place.shown(part) + "'")
                .collect(Collectors.joining(", "));
    }

    /** The wrappers around all names, outermost first. */
    private static String prefix(Map<String, StoredTensor> tensors) {
        String prefix = "";
        boolean found = true;
        while (found && !tensors.isEmpty()) {
            found = false;
            for (String wrapper : WRAPPERS) {
                String longer = prefix + wrapper;
                if (tensors.keySet().stream().allMatch(name -> name.startsWith(longer) && !name.equals(longer))) {
                    prefix = longer;
                    found = true;
                }
            }
        }
        return prefix;
    }
}
