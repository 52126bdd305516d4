package org.obverse.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.jni.JniUtils;
import org.obverse.api.tensor.Gradients;

/** {@link Gradients} through {@code torch.autograd.grad}, whose graph lives as long as the arrays computed from it. */
final class TorchGradients implements Gradients {
    private final TorchDoor door;

    TorchGradients(TorchDoor door) {
        this.door = door;
    }

    @Override
    public NDArray variable(NDArray value) {
        if (!value.getDataType().isFloating()) {
            throw new IllegalArgumentException(
                    "a variable must have a floating-point type, but this array has " + value.getDataType());
        }
        return door.method("variable").tensor(value).run().head();
    }

    @Override
    public Recording recording() {
        return new Span(true);
    }

    @Override
    public Recording paused() {
        return new Span(false);
    }

    @Override
    public NDList of(NDArray scalar, NDList wrt) {
        return gradients(scalar, wrt, 0);
    }

    @Override
    public NDList differentiable(NDArray scalar, NDList wrt) {
        return gradients(scalar, wrt, 1);
    }

    private NDList gradients(NDArray scalar, NDList wrt, long differentiable) {
        if (scalar.size() != 1) {
            throw new IllegalArgumentException(
                    "only a scalar has a gradient, but this array has shape " + scalar.getShape() + ": sum it first");
        }
        if (wrt.isEmpty()) {
            return new NDList();
        }
        NDList gradients = door.method("gradients")
                .tensor(scalar)
                .tensors(wrt)
                .whole(differentiable)
                .run();
        if (gradients.isEmpty()) {
            throw withoutGraph(scalar, wrt);
        }
        return gradients;
    }

    /** The archive answers nothing when the scalar or an entry of {@code wrt} has no graph; this finds out which. */
    private IllegalArgumentException withoutGraph(NDArray scalar, NDList wrt) {
        NDList arrays = new NDList(scalar).addAll(wrt);
        try (NDArray positions =
                door.method("without_graph").tensors(arrays).run().head()) {
            long position = positions.getLong(0);
            return new IllegalArgumentException(
                    position == 0
                            ? "the scalar has no graph: compute it from variables between recording() and its close()"
                            : "entry " + (position - 1) + " of wrt is neither a variable nor computed from one while"
                                    + " recording: make it with variable()");
        }
    }

    private static final class Span implements Recording {
        private final Thread thread = Thread.currentThread();
        private final boolean before = JniUtils.isGradMode();

        Span(boolean records) {
            OwnedMemory.onThisThread();
            JniUtils.setGradMode(records);
        }

        @Override
        public void close() {
            if (Thread.currentThread() != thread) {
                throw new IllegalStateException("a recording of thread '" + thread.getName()
                        + "' must be closed there, not on '"
                        + Thread.currentThread().getName() + "'");
            }
            JniUtils.setGradMode(before);
        }
    }
}
