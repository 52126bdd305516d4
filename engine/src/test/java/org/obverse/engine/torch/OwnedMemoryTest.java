package org.obverse.engine.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.obverse.api.tensor.Gradients;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnedMemoryTest {
    private TorchRuntime torch;
    private NDManager manager;

    @BeforeAll
    void start() {
        torch = TorchRuntime.start();
    }

    @BeforeEach
    void open() {
        manager = torch.manager().newSubManager();
    }

    @AfterEach
    void release() {
        manager.close();
    }

    @AfterAll
    void stop() {
        torch.close();
    }

    /** Without {@link OwnedMemory} every round gives another wrong number. */
    @Test
    void a_number_in_a_recorded_expression_outlives_the_garbage_collector() throws Exception {
        Gradients gradients = torch.gradients();
        for (int round = 0; round < 5; round++) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording recording = gradients.recording()) {
                NDArray x = gradients.variable(manager.create(new double[] {1, 2, 3}));
                NDArray scalar = x.mul(5.0).add(x.pow(3)).sum();
                collectGarbage();
                NDArray gradient = gradients.of(scalar, new NDList(x)).head();
                assertArrayEquals(new double[] {8, 17, 32}, gradient.toDoubleArray());
            }
        }
    }

    @Test
    void a_view_of_a_closed_array_keeps_its_data() throws Exception {
        for (int round = 0; round < 5; round++) {
            NDArray view;
            try (NDArray array = manager.create(new double[] {1, 2, 3, 4})) {
                view = array.reshape(2, 2);
            }
            collectGarbage();
            assertArrayEquals(new double[] {1, 2, 3, 4}, view.toDoubleArray());
        }
    }

    @Test
    void arrays_of_every_type_arrive_unchanged() {
        assertArrayEquals(new int[] {1, -2}, manager.create(new int[] {1, -2}).toIntArray());
        assertArrayEquals(new float[] {0.5f}, manager.create(new float[] {0.5f}).toFloatArray());
        assertArrayEquals(
                new boolean[] {true}, manager.create(new boolean[] {true}).toBooleanArray());
        assertArrayEquals(new long[0], manager.create(new long[0]).toLongArray());
        NDArray text = manager.create("text");
        assertEquals(DataType.STRING, text.getDataType());
        assertArrayEquals(new String[] {"text"}, text.toStringArray());
    }

    @Test
    void a_scope_still_releases_what_was_created_inside_and_nothing_else() {
        NDArray outside = manager.create(1.0);
        NDArray outer;
        NDArray inner;
        NDArray result;
        NDArray kept;
        try (NDScope first = new NDScope()) {
            outer = manager.create(2.0);
            try (NDScope second = new NDScope()) {
                inner = manager.create(3.0);
                result = inner.add(outer);
                kept = manager.create(4.0);
                NDScope.unregister(kept);
            }
            assertTrue(inner.isReleased());
            assertTrue(result.isReleased());
            assertFalse(outer.isReleased());
        }
        assertTrue(outer.isReleased());
        assertFalse(outside.isReleased());
        assertEquals(4.0, kept.getDouble());
    }

    @Test
    void a_manager_counts_a_created_array_once() {
        manager.create(1.0);
        assertEquals(1, manager.getManagedArrays().size());
        manager.create(2.0).close();
        assertEquals(1, manager.getManagedArrays().size());
    }

    /** References are handled in order by one thread: once those of the second round are, those of the first were freed. */
    private static void collectGarbage() throws InterruptedException {
        ReferenceQueue<Object> handled = new ReferenceQueue<>();
        for (int round = 0; round < 2; round++) {
            WeakReference<Object> lost = new WeakReference<>(new Object(), handled);
            System.gc();
            assertSame(lost, handled.remove(10_000));
        }
    }
}
