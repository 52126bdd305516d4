package org.obverse.toy2d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

class BlobsTest {
    private static final Workbench BENCH = Workbench.of(BlobsTest.class);
    private static final Fixture REFERENCE = BENCH.fixture("toy2d.safetensors");
    private static final Blobs PAPER = Blobs.draw(17, 500, 1.6);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_training_points_are_those_of_make_blobs_in_float32() {
        double[] expected = REFERENCE.get("x_train").toDoubleArray();
        float[] points = points(PAPER.images(Part.TRAINING));

        assertEquals(expected.length, points.length);
        for (int i = 0; i < points.length; i++) {
            assertEquals((float) expected[i], points[i]);
        }
    }

    @Test
    void the_training_labels_are_those_of_make_blobs() {
        Images training = PAPER.images(Part.TRAINING);

        assertArrayEquals(
                REFERENCE.get("y_train").toLongArray(),
                IntStream.range(0, 500).mapToLong(training::label).toArray());
    }

    @Test
    void images_lie_within_minus_one_and_one() {
        for (Part part : PAPER.parts()) {
            Images images = PAPER.images(part);
            for (float value : read(images).toFloatArray()) {
                assertTrue(Math.abs(value) <= 1);
            }
        }
    }

    @Test
    void no_test_point_is_a_training_point_and_all_classes_are_tested() {
        Set<Float> training = new HashSet<>();
        for (float coordinate : points(PAPER.images(Part.TRAINING))) {
            training.add(coordinate);
        }
        Images test = PAPER.images(Part.TEST);
        float[] points = points(test);

        for (int i = 0; i < points.length; i += 2) {
            assertTrue(!training.contains(points[i]) || !training.contains(points[i + 1]));
        }
        assertEquals(
                Set.of(0, 1, 2),
                Set.copyOf(
                        IntStream.range(0, test.size()).map(test::label).boxed().toList()));
    }

    @Test
    void points_scatter_around_the_centre_of_their_class_with_the_given_deviation() {
        Images images = Blobs.draw(3, 9000, 0.5).images(Part.TRAINING);
        float[] points = points(images);
        int[] ofClass1 =
                IntStream.range(0, 9000).filter(i -> images.label(i) == 1).toArray();
        double mean = Arrays.stream(ofClass1)
                .mapToDouble(i -> points[2 * i])
                .average()
                .orElseThrow();
        double variance = Arrays.stream(ofClass1)
                .mapToDouble(i -> Math.pow(points[2 * i] + 10, 2))
                .average()
                .orElseThrow();

        assertEquals(3000, ofClass1.length);
        assertEquals(-10, mean, 5 * 0.5 / Math.sqrt(3000));
        assertEquals(0.25, variance, 5 * 0.25 * Math.sqrt(2.0 / 3000));
    }

    @Test
    void there_are_no_public_points() {
        assertThrows(IllegalArgumentException.class, () -> PAPER.images(Part.PUBLIC));
    }

    private static NDArray read(Images images) {
        return images.read(BENCH.manager(), IntStream.range(0, images.size()).toArray());
    }

    private static float[] points(Images images) {
        return Plane.points(read(images)).toFloatArray();
    }
}
