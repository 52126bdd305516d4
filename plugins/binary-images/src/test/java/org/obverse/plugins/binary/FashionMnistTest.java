package org.obverse.plugins.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.testkit.Workbench;

/** The real files (Xiao et al. 2017), where Debian's package has put them. */
class FashionMnistTest {
    private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");
    private static final Workbench BENCH = Workbench.of(FashionMnistTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** The page of the data set: 60,000 and 10,000 images, 28x28, ten classes of equal size; mean .2860, deviation .3530 of the training images. */
    @Test
    void it_is_as_its_page_says() {
        Dataset data = open(0, 0);
        assertEquals(10, data.classes());
        assertEquals(new Shape(1, 28, 28), data.shape());
        Images training = data.images(Part.TRAINING);
        assertEquals(60_000, training.size());
        assertEquals(10_000, data.images(Part.TEST).size());
        for (int label = 0; label < 10; label++) {
            int wanted = label;
            assertEquals(
                    6_000,
                    IntStream.range(0, training.size())
                            .filter(i -> training.label(i) == wanted)
                            .count());
        }
        double sum = 0;
        double squares = 0;
        for (int from = 0; from < training.size(); from += 1000) {
            try (NDManager manager = BENCH.manager().newSubManager()) {
                NDArray unit = training.read(
                                manager, IntStream.range(from, from + 1000).toArray())
                        .add(1)
                        .div(2);
                sum += unit.mean().getFloat() / 60;
                squares += unit.square().mean().getFloat() / 60;
            }
        }
        assertEquals(0.2860, sum, 5e-5);
        assertEquals(0.3530, Math.sqrt(squares - sum * sum), 5e-5);
    }

    /** The first labels are those of the data set's page: an ankle boot, two T-shirts, a dress. */
    @Test
    void a_stated_part_is_balanced() {
        Dataset data = open(100, 50);
        assertEquals(1_000, data.images(Part.TRAINING).size());
        assertEquals(500, data.images(Part.TEST).size());
        assertEquals(60_000, data.images(Part.POOL).size());
        assertEquals(9, data.images(Part.TRAINING).label(0));
        assertEquals(0, data.images(Part.TRAINING).label(1));
        assertEquals(0, data.images(Part.TRAINING).label(2));
        assertEquals(3, data.images(Part.TRAINING).label(3));
    }

    private static Dataset open(int training, int test) {
        assumeTrue(
                Files.isDirectory(DEBIAN), "the real Fashion-MNIST is not here: apt-get install dataset-fashion-mnist");
        return new IdxConfiguration(DEBIAN.toString(), training, 0, test, PublicImages.NONE).open(BENCH);
    }
}
