package org.obverse.engine.weights;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;

/**
 * The names that mean something to weights, beside torch's storage classes. None of them is looked up or called; each stands
 * for a few lines of {@link Construction}.
 */
enum Constructor {
    ORDERED_DICT("collections.OrderedDict"),
    DEFAULT_DICT("collections.defaultdict"),
    COUNTER("collections.Counter"),
    DEQUE("collections.deque"),
    EASY_DICT("dnnlib.util.EasyDict"),
    SET("builtins.set", "__builtin__.set", "builtins.frozenset", "__builtin__.frozenset"),
    ENCODE("_codecs.encode"),
    SIZE("torch.Size"),
    PARAMETER("torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state"),
    TENSOR("torch._utils._rebuild_tensor_v2"),
    STORAGE("torch.storage._load_from_bytes"),
    PERSISTENT_OBJECT("torch_utils.persistence._reconstruct_persistent_obj"),
    NUMPY_SCALAR("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar");

    private final ImmutableList<String> names;

    Constructor(String... names) {
        this.names = ImmutableList.copyOf(names);
    }

    static Optional<Constructor> named(String name) {
        return Arrays.stream(values())
                .filter(constructor -> constructor.names.contains(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return names.get(0);
    }
}
