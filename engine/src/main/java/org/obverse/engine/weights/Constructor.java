package org.obverse.engine.weights;

import java.util.Arrays;
import java.util.Optional;

/**
 * The allow-list: the only names that a pickle may mention, beside torch's storage classes. None of them is looked up or
 * called; each stands for a few lines of {@link Construction}.
 */
enum Constructor {
    ORDERED_DICT("collections.OrderedDict"),
    EASY_DICT("dnnlib.util.EasyDict"),
    SET("builtins.set", "__builtin__.set"),
    ENCODE("_codecs.encode"),
    SIZE("torch.Size"),
    PARAMETER("torch._utils._rebuild_parameter"),
    TENSOR("torch._utils._rebuild_tensor_v2"),
    STORAGE("torch.storage._load_from_bytes"),
    PERSISTENT_OBJECT("torch_utils.persistence._reconstruct_persistent_obj"),
    NUMPY_TYPE("numpy.dtype"),
    NUMPY_SCALAR("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar");

    private final String name;
    private final String alias;

    Constructor(String name) {
        this(name, name);
    }

    Constructor(String name, String alias) {
        this.name = name;
        this.alias = alias;
    }

    static Optional<Constructor> named(String name) {
        return Arrays.stream(values())
                .filter(constructor -> constructor.name.equals(name) || constructor.alias.equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name;
    }
}
