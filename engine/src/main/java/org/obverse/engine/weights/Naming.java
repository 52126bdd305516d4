package org.obverse.engine.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Names the tensors of what a pickle held: the path of keys, indices and modules to each, joined by dots, as a state dict
 * names them.
 */
final class Naming {
    /** The name of a tensor that is all there is in a file. */
    private static final String LONE = "tensor";

    private static final List<String> SIZES =
            List.of("z_dim", "c_dim", "w_dim", "img_resolution", "img_channels", "num_ws");

    private final Place place;
    private final Function<Storage, ByteSource> bytes;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, Value.Inert> objects = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private int objectsAround;
    private int visits;
    private int found;

    private Naming(Place place, Function<Storage, ByteSource> bytes) {
        this.place = place;
        this.bytes = bytes;
    }

    /**
     * @param bytes where a storage's bytes are
     */
    static Contents of(Place place, WeightFormat format, Value root, Function<Storage, ByteSource> bytes) {
        Naming naming = new Naming(place, bytes);
        Parts parts = Parts.of(root, naming::part);
        if (parts.all().isEmpty() && !naming.objects.isEmpty()) {
            Value.Inert object = naming.objects.values().iterator().next();
            throw Vocabulary.refusal(place, object.at(), object.name());
        }
        return new Contents(
                format, parts.all(), parts.networks(), parts.modules(), naming.objects, naming.metadata, Map.of());
    }

    /** The tensors of a value at a path, by their names within it. */
    private Map<String, StoredTensor> part(String path, Value value) {
        tensors.clear();
        walk(value instanceof Value.Tensor ? LONE : "", path, value, 0);
        return new LinkedHashMap<>(tensors);
    }

    /**
     * @param name of the value within its part
     * @param path of the value within the file
     */
    private void walk(String name, String path, Value value, int depth) {
        if (depth > Limits.DEPTH || ++visits > Limits.VISITS) {
            throw place.refused("holds containers that are nested too deeply, or contain themselves, at '"
                    + Place.shown(path) + "'");
        }
        if (value instanceof Value.Tensor tensor) {
            put(name, tensor.view());
        } else if (value instanceof Value.Table table) {
            entries(name, path, table.entries(), depth);
        } else if (value instanceof Value.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                walk(join(name, "" + i), join(path, "" + i), sequence.items().get(i), depth + 1);
            }
        } else if (value instanceof Value.Module module) {
            describe(path, module, depth);
            state(name, path, module, depth);
        } else if (value instanceof Value.Inert object) {
            object(name, path, object, depth);
        } else {
            note(path, value.text());
        }
    }

    private void entries(String name, String path, Map<String, Value> entries, int depth) {
        entries.forEach((key, item) -> walk(join(name, key), join(path, key), item, depth + 1));
    }

    /** What an object is and has is noted; tensors in it are not the file's, because nobody knows what they mean. */
    private void object(String name, String path, Value.Inert object, int depth) {
        note(path, object.text());
        if (objects.size() < Limits.METADATA) {
            objects.put(path, object);
        }
        objectsAround++;
        entries(name, path, object.entries(), depth);
        objectsAround--;
    }

    /** A module's tensors in the order of its state dict: parameters, buffers, then its modules'. */
    private void state(String name, String path, Value.Module module, int depth) {
        Value.Table state = module.state();
        for (String kind : List.of("_parameters", "_buffers", "_modules")) {
            if (!(state.find(kind) instanceof Value.Table members)) {
                throw place.refused("module '" + Place.shown(path) + "' has no " + kind);
            }
            members.entries().forEach((key, member) -> {
                boolean kept = member instanceof Value.Tensor || member instanceof Value.Module;
                if (kept && !(kind.equals("_buffers") && isTransient(state, key))) {
                    walk(join(name, key), join(path, key), member, depth + 1);
                } else if (!kept && member != Value.Constant.NONE) {
                    throw place.refused(
                            "module '" + Place.shown(path) + "' has a " + member.description() + " among its " + kind);
                }
            });
        }
    }

    private static boolean isTransient(Value.Table state, String buffer) {
        return state.find("_non_persistent_buffers_set") instanceof Value.Sequence names
                && names.items().stream()
                        .anyMatch(item ->
                                item instanceof Value.Text text && text.value().equals(buffer));
    }

    /** Notes the sizes that a module of the top level was made with. */
    private void describe(String path, Value.Module module, int depth) {
        if (depth > 0) {
            return;
        }
        metadata.put(join(path, "class"), shorten(module.className()));
        arguments(path, module.state().table("_init_kwargs"), 0);
        for (String size : SIZES) {
            if (module.state().find(size) instanceof Value.Whole number) {
                metadata.putIfAbsent(join(path, size), Long.toString(number.value()));
            }
        }
    }

    private void arguments(String path, Value.Table arguments, int depth) {
        if (depth > 2) {
            return;
        }
        arguments.entries().forEach((key, value) -> {
            if (value instanceof Value.Table nested) {
                arguments(join(path, key), nested, depth + 1);
            } else {
                note(join(path, key), value.text());
            }
        });
    }

    private void put(String name, TensorView view) {
        if (objectsAround > 0) {
            return;
        }
        if (++found > Limits.TENSORS) {
            throw place.refused("holds more than " + Limits.TENSORS + " tensors");
        }
        if (tensors.put(name, view.in(bytes.apply(view.storage()))) != null) {
            throw place.refused("holds two tensors that are called '" + Place.shown(name) + "'");
        }
    }

    private void note(String path, String text) {
        if (!text.isEmpty() && metadata.size() < Limits.METADATA) {
            metadata.put(path, shorten(text));
        }
    }

    private static String shorten(String text) {
        return text.length() > Limits.METADATA_TEXT ? text.substring(0, Limits.METADATA_TEXT) + "…" : text;
    }

    private String join(String path, String key) {
        String joined = path.isEmpty() ? key : path + "." + key;
        if (joined.length() > Limits.NAME) {
            throw place.refused(
                    "has a name of more than " + Limits.NAME + " characters, '" + Place.shown(joined) + "'");
        }
        return joined;
    }
}
