package org.obverse.engine.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;

/** What the allowed constructors make of their arguments. Every argument is checked. */
final class Construction {
    private static final long PERSISTENCE_VERSION = 6;
    /** Functions that make an instance of the class that is their first argument. */
    private static final Set<String> RECONSTRUCTORS = Set.of(
            "copy_reg._reconstructor",
            "copyreg._reconstructor",
            "numpy.core.multiarray._reconstruct",
            "numpy._core.multiarray._reconstruct");

    private static final Set<Constructor> CONTAINERS = EnumSet.of(
            Constructor.ORDERED_DICT,
            Constructor.DEFAULT_DICT,
            Constructor.COUNTER,
            Constructor.EASY_DICT,
            Constructor.SET);

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
        Optional<Constructor> known = Constructor.named(full);
        if (known.isPresent() && allowed.contains(known.get())) {
            return new Value.Callable(known.get());
        }
        if (known.isPresent() || full.matches("torch\\.\\w+Storage") || !Vocabulary.mayMention(module, name)) {
            throw Vocabulary.refusal(place, at, full);
        }
        return new Value.Named(full, at);
    }

    /** The result of REDUCE. */
    Value call(long at, Value callable, Value arguments) {
        if (callable instanceof Value.Named named && !Vocabulary.mayCall(named.name())) {
            throw Vocabulary.refusal(place, named.at(), named.name());
        }
        return made(at, callable, arguments);
    }

    private Value made(long at, Value callable, Value arguments) {
        if (!(arguments instanceof Value.Sequence tuple) || tuple.form() != Value.Sequence.Form.TUPLE) {
            throw place.refusedAt(at, "calls a " + callable.description() + " with a " + arguments.description());
        }
        List<Value> items = tuple.items();
        if (callable instanceof Value.Named unknown) {
            return inert(unknown, items);
        }
        if (!(callable instanceof Value.Callable named)) {
            throw place.refusedAt(at, "calls a " + callable.description() + " with a " + arguments.description());
        }
        return switch (named.constructor()) {
            case ORDERED_DICT, EASY_DICT -> {
                require(at, named, items.isEmpty());
                yield new Value.Table(new LinkedHashMap<>());
            }
            case DEFAULT_DICT -> {
                require(at, named, items.size() <= 1);
                yield new Value.Table(new LinkedHashMap<>());
            }
            case COUNTER -> {
                require(at, named, items.size() <= 1);
                Map<String, Value> counted = new LinkedHashMap<>();
                items.forEach(item -> {
                    require(at, named, item instanceof Value.Table);
                    counted.putAll(((Value.Table) item).entries());
                });
                yield new Value.Table(counted);
            }
            case DEQUE -> {
                require(at, named, items.size() <= 2);
                List<Value> kept = items.isEmpty()
                        ? List.of()
                        : sequence(at, named, items, 0).items();
                yield new Value.Sequence(Value.Sequence.Form.LIST, new ArrayList<>(kept));
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
                boolean whole = items.size() == 3 || items.size() == 4;
                require(at, named, whole && items.get(0) instanceof Value.Tensor);
                yield items.get(0);
            }
            case TENSOR -> tensor(at, named, items);
            case STORAGE -> storage(at, named, items);
            case PERSISTENT_OBJECT -> module(at, named, items);
            case NUMPY_SCALAR -> {
                require(at, named, items.size() == 2);
                yield NumpyScalar.of(items.get(0), items.get(1))
                        .orElseGet(
                                () -> inert(new Value.Named(named.constructor().toString(), at), items));
            }
        };
    }

    /** The result of NEWOBJ: of dictionaries and sets, and of classes that no reader knows. */
    Value instance(long at, Value type, Value arguments) {
        boolean container = type instanceof Value.Callable named && CONTAINERS.contains(named.constructor());
        if (!container && !(type instanceof Value.Named)) {
            throw place.refusedAt(at, "makes an instance of a " + type.description());
        }
        return made(at, type, arguments);
    }

    private static Value.Inert inert(Value.Named name, List<Value> arguments) {
        if (RECONSTRUCTORS.contains(name.name())
                && !arguments.isEmpty()
                && arguments.get(0) instanceof Value.Named type) {
            return inert(type, arguments.subList(1, arguments.size()));
        }
        return new Value.Inert(
                name.name(), name.at(), List.copyOf(arguments), new LinkedHashMap<>(), new ArrayList<>());
    }

    /** BUILD: what torch's ordered dicts add to themselves is of no use; what unknown objects add is kept. */
    void build(long at, Value built, Value state) {
        if (built instanceof Value.Inert inert) {
            if (state instanceof Value.Table attributes) {
                inert.entries().putAll(attributes.entries());
            } else {
                inert.items().add(state);
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
}
