package org.obverse.engine.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.data.Images;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

final class GalleryTest {
    private final AtomicInteger checkpoints = new AtomicInteger();
    private final NDManager manager = TorchRuntime.start().manager().newSubManager();

    @AfterEach
    void free() {
        manager.close();
    }

    /** A hundred grey images of two by two pixels: the i-th is of class {@code i % 2} and as bright as {@code i / 100}. */
    private static final class Greys implements Images {
        @Override
        public int size() {
            return 100;
        }

        @Override
        public Shape shape() {
            return new Shape(3, 2, 2);
        }

        @Override
        public int label(int index) {
            return index % 2;
        }

        @Override
        public NDArray read(NDManager of, int... indices) {
            float[] values = new float[indices.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = indices[i] / 100f;
            }
            return of.create(values, new Shape(values.length, 1, 1, 1))
                    .broadcast(new Shape(values.length, 3, 2, 2))
                    .duplicate();
        }
    }

    @Test
    void beside_each_reconstruction_is_the_training_sample_of_its_class_with_the_closest_pixels() {
        NDArray found = manager.create(new float[] {0.905f, 0.1f, 0.332f}, new Shape(3, 1, 1, 1))
                .broadcast(new Shape(3, 3, 4, 4))
                .duplicate();
        Candidates candidates =
                new Candidates(new FixedImages(found), List.of(1, 1, 0), Collections.nCopies(3, 0.0), List.of());

        Gallery gallery = Gallery.of(candidates, List.of(1, 0), new Greys(), manager, loan());

        assertEquals(new Shape(2, 1, 3, 2, 2), gallery.nearest().getShape());
        assertArrayEquals(
                new float[] {0.91f, 0.34f},
                gallery.nearest().get(":, 0, 0, 0, 0").toFloatArray(),
                1e-6f);
        assertEquals(new Shape(2, 3, 3, 2, 2), gallery.samples().getShape());
        assertEquals(2, checkpoints.get());
    }

    @Test
    void beside_a_class_without_training_samples_there_is_none() {
        NDArray found = manager.zeros(new Shape(2, 3, 2, 2));
        Candidates candidates =
                new Candidates(new FixedImages(found), List.of(1, 2), Collections.nCopies(2, 0.0), List.of());

        Gallery gallery = Gallery.of(candidates, List.of(1, 2), new Greys(), manager, loan());

        assertEquals(new Shape(2, 0, 3, 2, 2), gallery.nearest().getShape());
        assertEquals(new Shape(2, 1, 3, 2, 2), gallery.reconstructions().getShape());
    }

    private UnitLoan loan() {
        return new UnitLoan(CounterStream.of(1), manager, () -> 4, new UnitLoan.Watch() {
            @Override
            public void checkpoint() {
                checkpoints.incrementAndGet();
            }

            @Override
            public void progress(long done, long total, Map<String, Double> figures) {}
        });
    }
}
