package org.obverse.engine.weights;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How a file calls the tensors that a network asks for. What the network is, nobody says; but the first name that it asks for
 * is in the file as it is, or behind a prefix, which then stands before all the others. A prefix that holds a minority of the
 * file's tensors is not taken: it would be a piece of another network. May be used from any thread.
 */
final class PublishedNames {
    private static final int DEEPEST = 8;
    private static final int MOST = 32;

    private final Place place;
    private final Map<String, StoredTensor> tensors;
    private final UnaryOperator<String> current;
    private Names names;
    private boolean settled;

    /**
     * Names in the file by names in the network.
     *
     * @param prefix of those in the file
     */
    private record Names(String prefix, Map<String, String> published) {}

    /**
     * @param tensors by their names in the file
     * @param current the name in the network of one that the file may call otherwise
     */
    PublishedNames(Place place, Map<String, StoredTensor> tensors, UnaryOperator<String> current) {
        this.place = place;
        this.tensors = tensors;
        this.current = current;
        this.names = under(Prefixes.shared(tensors.keySet()));
    }

    PublishedNames renamed(UnaryOperator<String> other) {
        return new PublishedNames(place, tensors, name -> other.apply(current.apply(name)));
    }

    /** The name in the file; where it has none, the one that it would have. */
    synchronized String of(String name, Shape shape) {
        if (!settled) {
            settle(name, shape);
        }
        return names.published().getOrDefault(name, names.prefix() + name);
    }

    /** What stands before the network's names in the file, as far as that is known. */
    synchronized String prefix() {
        return names.prefix();
    }

    /** The network's names, as far as the prefix is known. */
    synchronized Set<String> all() {
        return Collections.unmodifiableSet(names.published().keySet());
    }

    /** Whether no other matrix comes behind this one. */
    synchronized boolean isLastMatrix(String name) {
        String last = "";
        for (Map.Entry<String, String> named : names.published().entrySet()) {
            StoredTensor tensor = tensors.get(named.getValue());
            if (tensor != null && tensor.shape().dimension() == 2) {
                last = named.getKey();
            }
        }
        return last.equals(name);
    }

    private void settle(String name, Shape shape) {
        List<String> found = outermost(name);
        if (found.size() > 1) {
            List<String> fitting = found.stream()
                    .filter(prefix -> shape.equals(shapeUnder(prefix, name)))
                    .toList();
            found = fitting.isEmpty() ? found : fitting;
        }
        if (found.size() > 1) {
            throw place.refused(
                    "holds '" + name + "' under several prefixes: "
                            + found.stream()
                                    .limit(8)
                                    .map(prefix -> "'" + Place.shown(prefix) + "'")
                                    .collect(Collectors.joining(", ")),
                    "choose one: obverse import FILE --prefix NAME --to OUT.safetensors");
        }
        if (found.isEmpty()) {
            return;
        }
        Names chosen = under(found.get(0));
        if (2 * chosen.published().size() <= tensors.size()) {
            throw place.refused(
                    "holds '" + name + "' only under '" + Place.shown(chosen.prefix()) + "', which are "
                            + chosen.published().size() + " of its " + tensors.size() + " tensors",
                    "if they are the network, say so: obverse import FILE --prefix " + Place.shown(chosen.prefix())
                            + " --to OUT.safetensors");
        }
        names = chosen;
        settled = true;
    }

    /** Prefixes under which the file has a name, none of which begins with another one. */
    private List<String> outermost(String name) {
        List<String> found = new ArrayList<>();
        for (int depth = 0; depth <= DEEPEST && found.size() < MOST; depth++) {
            Set<String> here = new LinkedHashSet<>();
            for (String published : tensors.keySet()) {
                String prefix = Prefixes.leading(published, depth);
                boolean whole = prefix.length() < published.length() && (depth == 0 || !prefix.isEmpty());
                if (whole && current.apply(published.substring(prefix.length())).equals(name)) {
                    here.add(prefix);
                }
            }
            here.removeIf(prefix -> found.stream().anyMatch(prefix::startsWith));
            here.stream().limit(MOST - found.size()).forEach(found::add);
        }
        return found;
    }

    private Shape shapeUnder(String prefix, String name) {
        return tensors.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix)
                        && current.apply(entry.getKey().substring(prefix.length()))
                                .equals(name))
                .findFirst()
                .map(entry -> entry.getValue().shape())
                .orElse(new Shape());
    }

    private Names under(String prefix) {
        Map<String, String> published = new LinkedHashMap<>();
        for (String name : tensors.keySet()) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                String own = current.apply(name.substring(prefix.length()));
                String other = published.put(own, name);
                if (other != null) {
                    throw place.refused(
                            "holds tensor '" + Place.shown(own) + "' as '" + Place.shown(name) + "' and as '"
                                    + Place.shown(other) + "'",
                            "leave only one of them in the file");
                }
            }
        }
        return new Names(prefix, published);
    }
}
