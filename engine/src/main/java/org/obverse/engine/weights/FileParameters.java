package org.obverse.engine.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;

/** A network's tensors from a weights file. May be used from any thread. */
final class FileParameters implements ParameterSource {
    private final Place place;
    private final NetworkWeights whole;
    private final Map<String, String> metadata;
    private final Map<String, String> objects;
    private final PublishedNames names;

    /**
     * @param whole under the names that it has in the file
     * @param metadata of the network alone
     * @param objects the classes of what was not read, by path
     */
    FileParameters(Place place, NetworkWeights whole, Map<String, String> metadata, Map<String, String> objects) {
        this(place, whole, metadata, objects, new PublishedNames(place, whole.tensors(), UnaryOperator.identity()));
    }

    private FileParameters(
            Place place,
            NetworkWeights whole,
            Map<String, String> metadata,
            Map<String, String> objects,
            PublishedNames names) {
        this.place = place;
        this.whole = whole;
        this.metadata = metadata;
        this.objects = objects;
        this.names = names;
    }

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        StoredTensor companion = whole.companions().get(name);
        if (companion != null) {
            return read(manager, name, companion, shape);
        }
        String published = names.of(name, shape);
        StoredTensor stored = whole.tensors().get(published);
        if (stored == null) {
            throw missing(name, published, shape);
        }
        return read(manager, name, stored, shape);
    }

    private NDArray read(NDManager manager, String name, StoredTensor stored, Shape shape) {
        if (!stored.shape().equals(shape)) {
            throw misshapen(name, stored.shape(), shape);
        }
        try {
            return FiniteTensor.read(place, name, stored, manager);
        } catch (UncheckedIOException e) {
            throw WeightFile.unreadable(place, e);
        }
    }

    private RuntimeException missing(String name, String published, Shape shape) {
        String path = whole.part().isEmpty() ? published : whole.part() + "." + published;
        if (objects.containsKey(path)) {
            return place.refused(
                    "tensor '" + name + "' is stored as an object of '" + Place.shown(String.valueOf(objects.get(path)))
                            + "', which is not read",
                    "store it as a plain tensor");
        }
        String prefix = names.prefix();
        String begin = Prefixes.told(whole.tensors().keySet());
        return place.refused(
                "the weights miss tensor '" + name + "' of shape " + shape
                        + (prefix.isEmpty() ? "" : " under '" + Place.shown(prefix) + "'"),
                "give weights of this architecture; these hold "
                        + whole.tensors().size() + " tensors"
                        + whole.tensors().keySet().stream()
                                .findFirst()
                                .map(first -> ", such as '" + Place.shown(first) + "'")
                                .orElse("")
                        + (begin.isEmpty() ? "" : ", whose names begin with " + begin)
                        + made());
    }

    /** A last layer of another width is no fault of the file: it was made for other classes. */
    private RuntimeException misshapen(String name, Shape stored, Shape shape) {
        boolean head = stored.dimension() == 2
                && shape.dimension() == 2
                && stored.get(1) == shape.get(1)
                && names.isLastMatrix(name);
        if (head) {
            return place.refused(
                    "tells " + stored.get(0) + " classes apart ('" + name + "' has shape " + stored + "), and "
                            + shape.get(0) + " are asked for",
                    "use data of as many classes; or train a classifier that has the key pretrained, and name the file there:"
                            + " it begins with everything but the head; or, to compare features only, give an evaluation"
                            + " model the key classes: " + stored.get(0));
        }
        return place.refused(
                "tensor '" + name + "' has shape " + stored + " and the network needs " + shape,
                "choose the configuration that the weights were made with" + made());
    }

    private String made() {
        return StyleGan2Sizes.of(Prefixes.under(names.prefix(), whole.tensors()), metadata).stream()
                .findFirst()
                .map(found -> ": " + found)
                .orElse("");
    }

    @Override
    public Set<String> names() {
        return names.all();
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public ParameterSource renamed(UnaryOperator<String> current) {
        return new FileParameters(place, whole, metadata, objects, names.renamed(current));
    }
}
