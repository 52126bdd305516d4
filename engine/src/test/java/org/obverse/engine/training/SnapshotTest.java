package org.obverse.engine.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Parameters.Requirement;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

final class SnapshotTest {
    private static final long MEBIBYTE = 1 << 20;

    private final NDManager manager = TorchRuntime.start().manager().newSubManager();
    private final Parameters parameters = new Parameters(manager, ParameterSource.fresh(CounterStream.of(1)));

    @AfterEach
    void release() {
        manager.close();
    }

    @Test
    void what_was_taken_last_comes_back_whatever_the_shape() {
        NDArray matrix = parameters.weight("matrix", new Shape(2, 3), Initial.constant(1));
        NDArray scalar = parameters.buffer("scalar", new Shape(), Initial.constant(2));
        parameters.requireGradients(Requirement.TRAINABLE);
        try (Snapshot best = new Snapshot(parameters)) {
            best.take();
            change(matrix, scalar);
            best.take();
            change(matrix, scalar);
            change(matrix, scalar);

            best.restore();
        }

        assertArrayEquals(new float[] {2, 2, 2, 2, 2, 2}, matrix.toFloatArray());
        assertArrayEquals(new float[] {3}, scalar.toFloatArray());
    }

    @Test
    void nothing_of_it_is_on_the_heap() {
        parameters.weight("large", new Shape(16 * MEBIBYTE / DataType.FLOAT32.getNumOfBytes()), Initial.constant(1));
        try (Snapshot best = new Snapshot(parameters)) {
            long before = allocated();
            best.take();
            best.restore();
            long taken = allocated() - before;

            assertTrue(taken < MEBIBYTE, "a snapshot of 16 MiB allocated " + taken + " bytes");
        }
    }

    private void change(NDArray... tensors) {
        parameters.requireGradients(Requirement.NONE);
        for (NDArray tensor : tensors) {
            tensor.addi(1);
        }
        parameters.requireGradients(Requirement.TRAINABLE);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
