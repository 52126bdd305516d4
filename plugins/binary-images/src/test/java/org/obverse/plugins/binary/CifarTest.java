package org.obverse.plugins.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.testkit.Workbench;

class CifarTest {
    private static final Workbench BENCH = Workbench.of(CifarTest.class);

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void five_batches_are_trained_on_in_their_order_and_the_test_batch_is_not() {
        Written.cifar10(folder);
        Dataset data = open(0, 0);
        assertEquals(List.of("airplane", "automobile"), data.classNames());
        assertEquals(new Shape(3, 32, 32), data.shape());
        assertEquals(List.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50), reds(data, Part.TRAINING));
        assertEquals(List.of(0, 1, 0, 1, 0, 1, 0, 1, 0, 1), IdxTest.labels(data, Part.TRAINING));
        assertEquals(List.of(100, 101, 102), reds(data, Part.TEST));
        assertEquals(List.of(1, 1, 0), IdxTest.labels(data, Part.TEST));
    }

    @Test
    void red_comes_before_green_and_blue_each_row_by_row() {
        byte[] record = Written.records(new int[] {0, 0});
        record[1 + 2] = (byte) 255;
        record[1 + 1024 + 32] = (byte) 255;
        record[1 + 2048 + 1023] = (byte) 255;
        Written.cifar10(folder).file("test_batch.bin", record);
        NDArray image = open(0, 0).images(Part.TEST).read(BENCH.manager(), 0);
        assertEquals(new Shape(1, 3, 32, 32), image.getShape());
        assertEquals(1, image.getFloat(0, 0, 0, 2));
        assertEquals(1, image.getFloat(0, 1, 1, 0));
        assertEquals(1, image.getFloat(0, 2, 31, 31));
        // Black but for these and for what the record has in its corner, 0, 1 and 2.
        assertEquals(-3072 + 3 * 2 + 3 / 127.5, image.sum().getFloat(), 1e-3);
    }

    @Test
    void the_first_images_of_each_class_can_be_taken_across_the_batches() {
        Written.cifar10(folder);
        Dataset data = open(2, 1);
        assertEquals(List.of(1, 10, 2, 20), reds(data, Part.TRAINING));
        assertEquals(10, data.images(Part.POOL).size());
        assertEquals(List.of(100, 102), reds(data, Part.TEST));
        assertEquals(
                List.of("data_batch_1.bin/0", "data_batch_1.bin/1", "data_batch_2.bin/0", "data_batch_2.bin/1"),
                ((FileBased) data)
                        .files(Part.TRAINING).stream().map(DataFile::path).toList());
    }

    @Test
    void of_cifar_100_the_second_label_counts() {
        Written.cifar100(folder);
        Dataset data = open(0, 0);
        assertEquals(List.of("apple", "baby", "bear"), data.classNames());
        assertEquals(List.of(0, 2, 1), IdxTest.labels(data, Part.TRAINING));
        assertEquals(List.of(1, 2, 3), reds(data, Part.TRAINING));
        assertEquals(List.of(2), IdxTest.labels(data, Part.TEST));
    }

    @Test
    void one_cifar_gives_the_attacker_of_the_other_images_without_labels() {
        Written.cifar10(folder);
        Path other = folder.resolve("hundred");
        Written.cifar100(other);
        Dataset data =
                new CifarConfiguration(folder.toString(), 0, 0, 0, new PublicImages(other.toString(), 2)).open(BENCH);
        assertEquals(List.of(1, 2), reds(data, Part.PUBLIC));
        assertEquals(List.of(-1, -1), IdxTest.labels(data, Part.PUBLIC));
    }

    @Test
    void batches_that_are_not_there_are_named_at_once() {
        Written.cifar10(folder).without("data_batch_2.bin").without("data_batch_4.bin");
        assertEquals(
                List.of(folder + " has no file data_batch_2.bin", folder + " has no file data_batch_4.bin"),
                refusal().problems().stream().map(Problem::message).toList());
    }

    @Test
    void an_empty_folder_says_what_belongs_there() {
        Problem problem = refusal().problems().get(0);
        assertTrue(problem.wayOut().contains("fine_label_names.txt"), problem::toString);
    }

    @Test
    void two_data_sets_in_one_folder_are_refused() {
        Written.cifar10(folder);
        Written.cifar100(folder);
        assertRefused(folder + " has files of CIFAR-10 and of CIFAR-100");
    }

    @Test
    void a_file_that_ends_within_a_record_is_refused() {
        byte[] batch = Written.cifar10(folder).bytes("data_batch_3.bin");
        new Written(folder).file("data_batch_3.bin", Arrays.copyOf(batch, batch.length - 1));
        assertRefused("/data_batch_3.bin has 6145 bytes, which are no whole number of records of 3073");
        new Written(folder).file("data_batch_3.bin", new byte[0]);
        assertRefused("/data_batch_3.bin has 0 bytes");
    }

    @Test
    void a_label_that_has_no_name_is_refused() {
        Written.cifar10(folder).file("data_batch_3.bin", Written.records(new int[] {0, 1}, new int[] {2, 1}));
        assertRefused("/data_batch_3.bin has the label 2 in record 1, and batches.meta.txt names 2 classes");
        Written.cifar10(folder).file("test_batch.bin", Written.records(new int[] {255, 1}));
        assertRefused("/test_batch.bin has the label 255 in record 0");
    }

    @Test
    void a_class_without_a_training_image_is_refused() {
        Written.cifar10(folder)
                .file("batches.meta.txt", "airplane\nautomobile\nbird\n".getBytes(StandardCharsets.UTF_8));
        assertRefused(folder + " has no training image of class 2, 'bird'");
    }

    @Test
    void names_that_do_not_tell_classes_apart_are_refused() {
        Written.cifar10(folder).file("batches.meta.txt", "bird\nbird\n".getBytes(StandardCharsets.UTF_8));
        assertRefused("/batches.meta.txt does not name at least two classes, each by a line of its own");
        Written.cifar10(folder).file("batches.meta.txt", new byte[] {(byte) 0xC3, '\n'});
        assertRefused("/batches.meta.txt cannot be read as text");
        Written.cifar10(folder).file("batches.meta.txt", new byte[70_000]);
        assertRefused("/batches.meta.txt is too long for a list of names");
    }

    private Dataset open(int training, int test) {
        return new CifarConfiguration(folder.toString(), training, 0, test, PublicImages.NONE).open(BENCH);
    }

    private InvalidConfigurationException refusal() {
        return assertThrows(InvalidConfigurationException.class, () -> open(0, 0));
    }

    private void assertRefused(String expected) {
        Problem problem = refusal().problems().get(0);
        assertEquals("folder", problem.path());
        assertTrue(problem.message().contains(expected), problem::toString);
        assertFalse(problem.wayOut().isBlank(), problem::toString);
    }

    /** The top left red of each image. */
    private static List<Integer> reds(Dataset data, Part part) {
        Images images = data.images(part);
        int[] all = IntStream.range(0, images.size()).toArray();
        NDArray read = images.read(BENCH.manager(), all);
        return IntStream.of(all)
                .mapToObj(i -> Math.round((read.getFloat(i, 0, 0, 0) + 1) * 127.5f))
                .toList();
    }
}
