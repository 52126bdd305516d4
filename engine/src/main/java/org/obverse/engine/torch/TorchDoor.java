package org.obverse.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls the methods of the {@link TorchArchive}, from any number of threads.
 *
 * <p>DJL finds method, lists and scalars by the <em>names</em> of the arrays it passes. A caller's array may have a name
 * of its own, so a list's entries and named arrays are passed through aliases: second handles on the same tensor, with
 * the same place in the graph, which live for the call.
 */
final class TorchDoor {
    /** Strides, paddings and axes come again with every call; a step of one image took a sixth longer when they were made anew. */
    private static final long KEPT_WHOLES = 4096;

    private final NDManager host;
    private final PtSymbolBlock module;
    private final Map<String, NDArray> methods = new ConcurrentHashMap<>();
    private final Map<Long, NDArray> wholes = new ConcurrentHashMap<>();

    /** Loads the archive. {@code host} is a manager on the CPU that lives as long as the door. */
    TorchDoor(NDManager host) {
        this.host = host;
        this.module = archive(host);
    }

    private static PtSymbolBlock archive(NDManager host) {
        try (ByteArrayInputStream archive = new ByteArrayInputStream(TorchArchive.bytes())) {
            return JniUtils.loadModule((PtNDManager) host, archive, false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("the TorchScript archive could not be read from memory", e);
        }
    }

    /** Begins a call. Its results attach to the manager of the first argument. */
    Call method(String name) {
        return new Call(methods.computeIfAbsent(name, this::selector));
    }

    /**
     * Handles on {@code arrays} for an argument of many calls, which no scope releases; they belong to {@code owner}.
     *
     * @param role a word, unique among the lists of one call
     */
    NDList keep(String role, NDList arrays, NDManager owner) {
        NDList kept = new NDList(arrays.size());
        for (NDArray array : arrays) {
            NDArray alias = alias(array);
            alias.setName(role + "[]");
            alias.attach(owner);
            kept.add(alias);
        }
        return kept;
    }

    private NDArray selector(String method) {
        NDArray selector = outOfScope(host.create(0L));
        selector.setName("module_method:" + method);
        return selector;
    }

    /** A second handle: {@code tensor.to} with nothing to change answers the tensor itself. */
    private static NDArray alias(NDArray array) {
        return outOfScope(JniUtils.to((PtNDArray) array, array.getDataType(), array.getDevice()));
    }

    /** An array that an open {@link NDScope} of this thread must not release. Call it right after creation. */
    static NDArray outOfScope(NDArray array) {
        NDScope.unregister(array);
        return array;
    }

    /** One call: its arguments in the method's order, then {@link #run}. */
    final class Call {
        private final NDArray selector;
        private final NDList arguments = new NDList();
        private final List<NDArray> temporaries = new ArrayList<>();
        private int lists;

        private Call(NDArray selector) {
            this.selector = selector;
        }

        Call tensor(NDArray array) {
            arguments.add(array.getName() == null ? array : temporary(alias(array)));
            return this;
        }

        /** A list of at least one tensor. */
        Call tensors(NDList arrays) {
            String name = "list" + lists + "[]";
            lists++;
            for (NDArray array : arrays) {
                NDArray alias = temporary(alias(array));
                alias.setName(name);
                arguments.add(alias);
            }
            return this;
        }

        /** A list that {@link TorchDoor#keep} returned. */
        Call kept(NDList handles) {
            arguments.addAll(handles);
            return this;
        }

        Call whole(long number) {
            arguments.add(
                    number >= 0 && number < KEPT_WHOLES
                            ? wholes.computeIfAbsent(number, kept -> outOfScope(host.create(kept)))
                            : temporary(outOfScope(host.create(number))));
            return this;
        }

        Call real(double number) {
            arguments.add(temporary(outOfScope(host.create(number))));
            return this;
        }

        /** Runs the method; it is recorded if this thread records. */
        NDList run() {
            // A setting of the thread, not of the process: without it torch would profile the first calls and
            // specialise later ones.
            JniUtils.setGraphExecutorOptimize(false);
            try {
                arguments.add(selector);
                return IValueUtils.forward(module, arguments, true);
            } finally {
                temporaries.forEach(NDArray::close);
            }
        }

        private NDArray temporary(NDArray array) {
            temporaries.add(array);
            return array;
        }
    }
}
