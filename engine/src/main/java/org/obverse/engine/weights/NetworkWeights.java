package org.obverse.engine.weights;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tensors of a file that one network is built from, under the names that the network asks for.
 *
 * @param part of the file that they are in, such as {@code model_state_dict}; empty if the file has no parts
 * @param prefix that their names had, and have no longer, such as {@code model._orig_mod.}; empty if none
 * @param tensors by name
 * @param companions of another network that goes with it, by name: a StyleGAN2 discriminator under {@code D.}
 * @param outside names in the part that do not begin with the prefix, whose tensors are left out
 */
public record NetworkWeights(
        String part,
        String prefix,
        Map<String, StoredTensor> tensors,
        Map<String, StoredTensor> companions,
        Set<String> outside) {
    private static final String AVERAGED = "G_ema";
    private static final String DISCRIMINATOR = "D";

    /**
     * The part that networks are built from, if the file leaves no choice, under the names that it has in the file.
     *
     * <p>Of a network pickle it is {@code G_ema}, with {@code D} as companion. Of a checkpoint it is the only {@linkplain Parts
     * part} that may be a network.
     */
    static NetworkWeights whole(Place place, Contents contents) {
        Map<String, Map<String, StoredTensor>> parts = contents.parts();
        if (contents.modules().containsKey(AVERAGED)) {
            Map<String, StoredTensor> companions = new LinkedHashMap<>();
            parts.getOrDefault(DISCRIMINATOR, Map.of())
                    .forEach((name, tensor) -> companions.put(DISCRIMINATOR + "." + name, tensor));
            return new NetworkWeights(AVERAGED, "", parts.getOrDefault(AVERAGED, Map.of()), companions, Set.of());
        }
        List<String> networks = contents.networks();
        if (networks.isEmpty()) {
            throw place.refused(
                    "holds no network: its tensors are those of " + quoted(List.copyOf(parts.keySet()))
                            + objects(contents),
                    "give a file with the network's own tensors, such as its state dict");
        }
        if (networks.size() > 1) {
            throw place.refused(
                    "holds several networks: " + quoted(networks),
                    "choose one: obverse import FILE --part NAME --to OUT.safetensors");
        }
        return part(place, contents, networks.get(0));
    }

    /** One part under the names that it has in the file. */
    static NetworkWeights part(Place place, Contents contents, String part) {
        Map<String, StoredTensor> tensors = contents.parts().get(part);
        if (tensors == null) {
            throw place.refused(
                    "has no part '" + Place.shown(part) + "'",
                    "its parts are " + quoted(List.copyOf(contents.parts().keySet())));
        }
        return new NetworkWeights(part, "", tensors, Map.of(), Set.of());
    }

    /** How the names begin, with how many begin so, in words. */
    public String beginnings() {
        return Prefixes.told(tensors.keySet());
    }

    /**
     * Without what wrappers put before all names, and without the prefix under which they are those of a published architecture.
     *
     * @throws org.obverse.api.plugin.InvalidConfigurationException if there are several such prefixes
     */
    NetworkWeights unwrapped(Place place) {
        String shared = Prefixes.shared(tensors.keySet());
        List<String> architectures = Prefixes.ofArchitectures(Prefixes.under(shared, tensors));
        if (architectures.size() > 1) {
            throw place.refused(
                    "holds several networks under the prefixes " + quoted(architectures),
                    "choose one: obverse import FILE --prefix NAME --to OUT.safetensors");
        }
        return under(shared + (architectures.isEmpty() ? "" : architectures.get(0)));
    }

    /**
     * What is under a prefix, without it.
     *
     * @param chosen with or without a dot behind it
     */
    NetworkWeights chosen(Place place, String chosen) {
        NetworkWeights under = under(chosen.isEmpty() || chosen.endsWith(".") ? chosen : chosen + ".");
        if (under.tensors().isEmpty()) {
            throw place.refused(
                    "has no tensor whose name begins with '" + Place.shown(under.prefix()) + "'",
                    "names begin with " + Prefixes.told(tensors.keySet()));
        }
        return under;
    }

    private NetworkWeights under(String outside) {
        Set<String> others = new LinkedHashSet<>(tensors.keySet());
        others.removeIf(name -> name.startsWith(outside) && name.length() > outside.length());
        return new NetworkWeights(part, outside, Prefixes.under(outside, tensors), companions, others);
    }

    private static String objects(Contents contents) {
        return contents.objects().entrySet().stream()
                .findFirst()
                .map(object -> ", and '" + Place.shown(object.getKey()) + "' is an object of '"
                        + Place.shown(object.getValue().name()) + "', from which nothing is read")
                .orElse("");
    }

    private static String quoted(List<String> parts) {
        return parts.stream()
                .limit(20)
                .map(part -> "'" + Place.shown(part) + "'")
                .collect(Collectors.joining(", "));
    }
}
