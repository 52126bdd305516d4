package org.obverse.plugins.faces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.random.RandomStream;
import org.obverse.testkit.Workbench;

class SyntheticFacesTest {
    private static final SyntheticFacesConfiguration SMALL =
            new SyntheticFacesConfiguration(4, 2, 5, 3, 6, 0.04, 0, 1, 0.4, 32, People.PRIVATE);
    private static final Workbench BENCH = Workbench.of(SyntheticFacesTest.class);
    private static final int LENGTH = 3 * 32 * 32;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void every_part_has_its_size_and_shape() {
        SyntheticFaces faces = faces(SMALL, 1);

        assertEquals(4, faces.classes());
        assertEquals(new Shape(3, 32, 32), faces.shape());
        assertEquals(EnumSet.allOf(Part.class), faces.parts());
        assertEquals(4 * 2, faces.images(Part.TRAINING).size());
        assertEquals(4 * 5, faces.images(Part.POOL).size());
        assertEquals(4 * 3, faces.images(Part.TEST).size());
        assertEquals(6, faces.images(Part.PUBLIC).size());
        for (Part part : Part.values()) {
            assertEquals(faces.shape(), faces.images(part).shape());
        }
    }

    @Test
    void labels_are_the_people_in_order_and_public_images_have_none() {
        SyntheticFaces faces = faces(SMALL, 1);

        assertArrayEquals(new int[] {0, 0, 1, 1, 2, 2, 3, 3}, labels(faces.images(Part.TRAINING)));
        assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3}, labels(faces.images(Part.TEST)));
        assertArrayEquals(new int[] {-1, -1, -1, -1, -1, -1}, labels(faces.images(Part.PUBLIC)));
        assertEquals(3, faces.images(Part.POOL).label(19));
    }

    @Test
    void a_private_image_is_drawn_from_the_streams_of_its_person_and_its_number() {
        float[] expected =
                picture(new FaceRenderer(32, 1), 0.04, person(2), person(2).child("sample", 3));

        assertArrayEquals(expected, read(faces(SMALL, 1).images(Part.POOL), 2 * 5 + 3)[0]);
    }

    @Test
    void a_test_image_is_drawn_from_a_stream_that_no_pool_image_has() {
        float[] expected =
                picture(new FaceRenderer(32, 1), 0.04, person(2), person(2).child("test", 1));

        assertArrayEquals(expected, read(faces(SMALL, 1).images(Part.TEST), 2 * 3 + 1)[0]);
    }

    @Test
    void a_public_image_is_drawn_aligned_and_with_a_person_of_its_own() {
        RandomStream stream = BENCH.stream(1).child("public", 5);
        float[] expected = picture(new FaceRenderer(32, 0.4), 0, stream, stream);

        assertArrayEquals(expected, read(faces(SMALL, 1).images(Part.PUBLIC), 5)[0]);
    }

    @Test
    void public_people_who_are_classes_are_neither_private_ones_nor_on_public_images() {
        SyntheticFaces private4 = faces(SMALL, 1);
        SyntheticFaces public4 =
                faces(new SyntheticFacesConfiguration(4, 2, 5, 3, 6, 0.04, 0, 1, 0.4, 32, People.PUBLIC), 1);
        RandomStream person = BENCH.stream(1).child("public-identity", 2);

        assertArrayEquals(
                picture(new FaceRenderer(32, 1), 0.04, person, person.child("sample", 3)),
                read(public4.images(Part.POOL), 2 * 5 + 3)[0]);
        assertArrayEquals(labels(private4.images(Part.TEST)), labels(public4.images(Part.TEST)));
        assertArrayEquals(all(private4.images(Part.PUBLIC)), all(public4.images(Part.PUBLIC)));
        for (float[] image : all(public4.images(Part.POOL))) {
            for (Part part : List.of(Part.POOL, Part.TEST, Part.PUBLIC)) {
                for (float[] other : all(private4.images(part))) {
                    assertFalse(Arrays.equals(image, other));
                }
            }
        }
    }

    @Test
    void the_target_sees_the_first_images_of_each_persons_pool() {
        SyntheticFaces faces = faces(SMALL, 1);

        assertArrayEquals(read(faces.images(Part.POOL), 0, 1, 5, 6, 10, 11, 15, 16), all(faces.images(Part.TRAINING)));
    }

    @Test
    void
            what_evaluation_models_see_is_the_same_of_the_pooled_configuration_and_public_images_and_training_count_for_nothing() {
        SyntheticFacesConfiguration some =
                new SyntheticFacesConfiguration(4, 2, 5, 3, 6, 0.1, 0, 0.7, 0.4, 24, People.PUBLIC);
        SyntheticFacesConfiguration other =
                new SyntheticFacesConfiguration(4, 3, 5, 3, 2, 0.1, 0.5, 0.7, 0.9, 24, People.PUBLIC);

        assertEquals(List.of(), some.pooled().check());
        assertEquals(some.pooled(), other.pooled());
        for (Part part : List.of(Part.POOL, Part.TEST)) {
            Images own = faces(some, 1).images(part);
            Images pooled = faces(some.pooled(), 1).images(part);
            assertArrayEquals(labels(own), labels(pooled));
            assertArrayEquals(all(own), all(pooled));
        }
    }

    @Test
    void no_image_is_in_two_of_pool_test_and_public_part() {
        SyntheticFaces faces = faces(SMALL, 1);
        List<float[]> seen = new ArrayList<>();
        for (Part part : List.of(Part.POOL, Part.TEST, Part.PUBLIC)) {
            for (float[] image : all(faces.images(part))) {
                assertTrue(seen.stream().noneMatch(other -> Arrays.equals(other, image)), "twice, once in " + part);
                seen.add(image);
            }
        }
        assertEquals(20 + 12 + 6, seen.size());
    }

    @ParameterizedTest
    @EnumSource
    void an_image_is_the_same_in_any_order_batch_and_repetition(Part part) {
        Images once = faces(SMALL, 1).images(part);
        Images again = faces(SMALL, 1).images(part);
        float[][] inOrder = all(once);

        for (int index = once.size() - 1; index >= 0; index--) {
            assertArrayEquals(inOrder[index], read(again, index)[0], "image " + index);
        }
        assertArrayEquals(new float[][] {inOrder[4], inOrder[0], inOrder[4], inOrder[3]}, read(again, 4, 0, 4, 3));
        assertArrayEquals(inOrder, all(once));
    }

    @Test
    void an_image_does_not_change_with_the_sizes_of_the_data_set() {
        SyntheticFaces small = faces(SMALL, 1);
        SyntheticFaces large =
                faces(new SyntheticFacesConfiguration(9, 4, 11, 7, 30, 0.04, 0, 1, 0.4, 32, People.PRIVATE), 1);

        assertArrayEquals(read(small.images(Part.POOL), 3 * 5 + 4), read(large.images(Part.POOL), 3 * 11 + 4));
        assertArrayEquals(read(small.images(Part.TEST), 3 * 3 + 2), read(large.images(Part.TEST), 3 * 7 + 2));
        assertArrayEquals(read(small.images(Part.PUBLIC), 5), read(large.images(Part.PUBLIC), 5));
    }

    @Test
    void several_threads_read_what_one_thread_reads() throws InterruptedException, ExecutionException {
        SyntheticFaces faces = faces(SMALL, 1);
        float[][] expected = all(faces(SMALL, 1).images(Part.POOL));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<float[][]>> readings = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> all(faces.images(Part.POOL))))
                    .toList();
            for (Future<float[][]> reading : readings) {
                assertArrayEquals(expected, reading.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_seed_has_other_faces(Part part) {
        float[][] first = all(faces(SMALL, 1).images(part));
        float[][] second = all(faces(SMALL, 2).images(part));

        for (int i = 0; i < first.length; i++) {
            assertFalse(Arrays.equals(first[i], second[i]), "image " + i);
        }
    }

    @Test
    void each_persons_mean_test_image_is_nearest_to_the_same_persons_mean_pool_image() {
        SyntheticFaces faces =
                faces(new SyntheticFacesConfiguration(10, 1, 60, 40, 1, 0.04, 0, 1, 0.4, 32, People.PRIVATE), 1);
        double[][] pool = means(faces.images(Part.POOL), 10, 60);
        double[][] test = means(faces.images(Part.TEST), 10, 40);

        for (int person = 0; person < 10; person++) {
            double within = distance(test[person], pool[person]);
            for (int other = 0; other < 10; other++) {
                if (other != person) {
                    double between = distance(test[person], pool[other]);
                    assertTrue(within < between, person + " and " + other + ": " + within + ", " + between);
                }
            }
        }
    }

    @Test
    void values_are_float32_in_range_and_belong_to_the_readers_manager() {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            for (Part part : Part.values()) {
                NDArray images = faces(SMALL, 1).images(part).read(manager, 0, 1, 2);

                assertSame(manager, images.getManager());
                assertEquals(DataType.FLOAT32, images.getDataType());
                assertEquals(new Shape(3, 3, 32, 32), images.getShape());
                for (float value : images.toFloatArray()) {
                    assertTrue(-1 <= value && value <= 1);
                }
            }
        }
    }

    @Test
    void a_number_beyond_the_part_is_refused() {
        Images images = faces(SMALL, 1).images(Part.TRAINING);

        assertThrows(IndexOutOfBoundsException.class, () -> images.label(8));
        assertThrows(IndexOutOfBoundsException.class, () -> images.read(BENCH.manager(), 0, -1));
    }

    private static SyntheticFaces faces(SyntheticFacesConfiguration configuration, long seed) {
        return new SyntheticFaces(configuration, BENCH.stream(seed));
    }

    private static RandomStream person(int identity) {
        return BENCH.stream(1).child("identity", identity);
    }

    private static float[] picture(FaceRenderer renderer, double noise, RandomStream identity, RandomStream sample) {
        float[] u = new float[45];
        for (int i = 0; i < 45; i++) {
            u[i] = (float) Phi.of((float) (i < 30 ? identity : sample).gaussian());
        }
        return renderer.render(u, noise, sample::gaussian);
    }

    private static int[] labels(Images images) {
        return IntStream.range(0, images.size()).map(images::label).toArray();
    }

    private static float[][] all(Images images) {
        return read(images, IntStream.range(0, images.size()).toArray());
    }

    private static float[][] read(Images images, int... indices) {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            float[] values = images.read(manager, indices).toFloatArray();
            int length = values.length / indices.length;
            float[][] rows = new float[indices.length][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = Arrays.copyOfRange(values, i * length, (i + 1) * length);
            }
            return rows;
        }
    }

    private static double[][] means(Images images, int people, int perPerson) {
        double[][] means = new double[people][LENGTH];
        float[][] rows = all(images);
        for (int i = 0; i < rows.length; i++) {
            for (int pixel = 0; pixel < LENGTH; pixel++) {
                means[images.label(i)][pixel] += rows[i][pixel] / perPerson;
            }
        }
        return means;
    }

    private static double distance(double[] a, double[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
                .sum();
    }
}
