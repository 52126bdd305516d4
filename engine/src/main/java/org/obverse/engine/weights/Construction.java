package org.obverse.engine.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;

/** What the allowed constructors make of their arguments. Every argument is checked. */
final class Construction {
    private static final long PERSISTENCE_VERSION = 6;

    private final Place place;
    private final Set<Constructor> allowed;

    /** A constructor may be given the same bytes again and again; they are looked through once. */
    private final IdentityHashMap<Value, Value> known = new IdentityHashMap<>();

    Construction(Place place, Set<Constructor> allowed) {
        this.place = place;
        this.allowed = allowed;
    }

    /** What a global name stands for. */
    Value named(long at, String module, String name) {
        String full = module + "." + name;
        Optional<ElementType> type = ElementType.ofStorage(name);
        if (module.equals("torch") && type.isPresent()) {
            return new Value.StorageClass(type.get());
        }
        return Constructor.named(full)
                .filter(allowed::contains)
                .map(Value.Callable::new)
                .orElseThrow(() -> refusal(at, full));
    }

    private InvalidConfigurationException refusal(long at, String name) {
        String wayOut;
        if (name.startsWith("dnnlib.tflib.")) {
            wayOut = "convert this TensorFlow network with legacy.py of StyleGAN2-ADA";
        } else if (name.startsWith("torch.nn.") || name.startsWith("torchvision.") || name.startsWith("__main__.")) {
            wayOut = "the file holds a Python object; store its tensors instead: torch.save(model.state_dict(), FILE)";
        } else if (name.matches("torch\\.\\w+Storage")) {
            wayOut = "elements of this type are not read; store the tensors as real numbers, such as float32";
        } else {
            wayOut = "weights need no such thing; ask its author for a state dict or a safetensors file";
        }
        return place.refusedAt(
                at, "names '" + Place.shown(name) + "', which is not allowed in weights; nothing was executed", wayOut);
    }

    /** The result of REDUCE. */
    Value call(long at, Value callable, Value arguments) {
        if (!(callable instanceof Value.Callable named)
                || !(arguments instanceof Value.Sequence tuple)
                || tuple.form() != Value.Sequence.Form.TUPLE) {
            throw place.refusedAt(at, "calls a " + callable.description() + " with a " + arguments.description());
        }
        List<Value> items = tuple.items();
        return switch (named.constructor()) {
            case ORDERED_DICT, EASY_DICT -> {
                require(at, named, items.isEmpty());
                yield new Value.Table(new LinkedHashMap<>());
            }
            case SET ->
                items.isEmpty()
                        ? new Value.Sequence(Value.Sequence.Form.SET, new ArrayList<>())
                        : new Value.Sequence(
                                Value.Sequence.Form.SET,
                                sequence(at, named, items, 0).items());
            case SIZE ->
                new Value.Sequence(
                        Value.Sequence.Form.TUPLE, sequence(at, named, items, 0).items());
            case ENCODE -> encode(at, named, items);
            case PARAMETER -> {
                require(at, named, items.size() == 3 && items.get(0) instanceof Value.Tensor);
                yield items.get(0);
            }
            case TENSOR -> tensor(at, named, items);
            case STORAGE -> storage(at, named, items);
            case PERSISTENT_OBJECT -> module(at, named, items);
            case NUMPY_TYPE -> {
                require(at, named, items.size() == 3 && items.get(0) instanceof Value.Text);
                yield new Value.NumpyType(text(at, named, items, 0));
            }
            case NUMPY_SCALAR -> numpyScalar(at, named, items);
        };
    }

    /** The result of NEWOBJ, which is the only way to an EasyDict. */
    Value instance(long at, Value type, Value arguments) {
        boolean dict = type instanceof Value.Callable named
                && (named.constructor() == Constructor.EASY_DICT
                        || named.constructor() == Constructor.ORDERED_DICT
                        || named.constructor() == Constructor.SET);
        if (!dict) {
            throw place.refusedAt(at, "makes an instance of a " + type.description());
        }
        return call(at, type, arguments);
    }

    /** BUILD: what torch's ordered dicts and NumPy's types add to themselves. */
    void build(long at, Value built, Value state) {
        if (built instanceof Value.NumpyType && state instanceof Value.Sequence parts) {
            boolean little = parts.items().size() == 8
                    && parts.items().get(1) instanceof Value.Text order
                    && Set.of("<", "|", "=").contains(order.value());
            if (!little) {
                throw place.refusedAt(at, "a NumPy type is not little-endian");
            }
        } else if (!(built instanceof Value.Table && state instanceof Value.Table)) {
            throw place.refusedAt(at, "gives a " + built.description() + " a state of its own");
        }
    }

    private InvalidConfigurationException arguments(long at, Value.Callable callable) {
        return place.refusedAt(at, "'" + callable.constructor() + "' has other arguments than Python gives it");
    }

    private void require(long at, Value.Callable callable, boolean rule) {
        if (!rule) {
            throw arguments(at, callable);
        }
    }

    private Value.Sequence sequence(long at, Value.Callable callable, List<Value> items, int index) {
        if (index < items.size() && items.get(index) instanceof Value.Sequence found) {
            return found;
        }
        throw arguments(at, callable);
    }

    private String text(long at, Value.Callable callable, List<Value> items, int index) {
        if (index < items.size() && items.get(index) instanceof Value.Text found) {
            return found.value();
        }
        throw arguments(at, callable);
    }

    private Value encode(long at, Value.Callable callable, List<Value> items) {
        require(at, callable, items.size() == 2 && text(at, callable, items, 1).equals("latin1"));
        Value stored = items.get(0);
        ByteSource utf8 = stored instanceof Value.LongText text
                ? text.utf8()
                : new ByteSource.Memory(
                        ByteBuffer.wrap(text(at, callable, items, 0).getBytes(StandardCharsets.UTF_8)));
        return known.computeIfAbsent(stored, key -> new Value.Blob(Latin1Text.of(place, at, utf8)));
    }

    private Value tensor(long at, Value.Callable callable, List<Value> items) {
        require(at, callable, items.size() == 6 || items.size() == 7);
        if (items.get(0) instanceof Value.Memory memory && items.get(1) instanceof Value.Whole offset) {
            long[] sizes = axes(at, callable, items, 2);
            long[] strides = axes(at, callable, items, 3);
            return new Value.Tensor(TensorView.of(place, at, memory.storage(), offset.value(), sizes, strides));
        }
        throw arguments(at, callable);
    }

    private long[] axes(long at, Value.Callable callable, List<Value> items, int index) {
        List<Value> numbers = sequence(at, callable, items, index).items();
        require(at, callable, numbers.size() <= Limits.RANK);
        require(at, callable, numbers.stream().allMatch(Value.Whole.class::isInstance));
        return numbers.stream()
                .mapToLong(number -> ((Value.Whole) number).value())
                .toArray();
    }

    private Value storage(long at, Value.Callable callable, List<Value> items) {
        require(at, callable, items.size() == 1 && items.get(0) instanceof Value.Blob);
        Value blob = items.get(0);
        Value found = known.get(blob);
        if (found == null) {
            Place inside = place.in(join("the storage stored before byte " + at));
            found = new Value.Memory(TorchStream.storage(inside, ((Value.Blob) blob).bytes()));
            known.put(blob, found);
        }
        return found;
    }

    private String join(String inner) {
        return place.part().isEmpty() ? inner : place.part() + ", " + inner;
    }

    private Value module(long at, Value.Callable callable, List<Value> items) {
        require(at, callable, items.size() == 1 && items.get(0) instanceof Value.Table);
        Value.Table described = (Value.Table) items.get(0);
        boolean isClass = described.find("type") instanceof Value.Text type
                && type.value().equals("class");
        require(at, callable, isClass && described.find("class_name") instanceof Value.Text);
        if (!(described.find("version") instanceof Value.Whole version) || version.value() != PERSISTENCE_VERSION) {
            throw place.refusedAt(
                    at,
                    "an object was stored by another version of torch_utils.persistence than " + PERSISTENCE_VERSION,
                    "store it again with StyleGAN2-ADA's or StyleGAN3's code for PyTorch");
        }
        require(at, callable, described.find("state") instanceof Value.Table);
        String name = described.find("class_name") instanceof Value.Text text ? text.value() : "";
        return new Value.Module(name, described.table("state"));
    }

    private Value numpyScalar(long at, Value.Callable callable, List<Value> items) {
        require(at, callable, items.size() == 2);
        if (!(items.get(0) instanceof Value.NumpyType numpy) || !(items.get(1) instanceof Value.Blob blob)) {
            throw arguments(at, callable);
        }
        ElementType type = ElementType.ofNumpy(numpy.code())
                .orElseThrow(() -> place.refusedAt(at, "has a number of type '" + Place.shown(numpy.code()) + "'"));
        require(at, callable, blob.bytes().length() == type.bytes());
        ByteBuffer bytes = blob.bytes().bytes(0, type.bytes());
        return switch (type) {
            case F64 -> new Value.Real(bytes.getDouble(0));
            case I64 -> new Value.Whole(bytes.getLong(0));
            default -> new Value.Real(type.toFloat(bytes, 0));
        };
    }
}
