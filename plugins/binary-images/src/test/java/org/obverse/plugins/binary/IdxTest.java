package org.obverse.plugins.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.testkit.Workbench;

class IdxTest {
    private static final Workbench BENCH = Workbench.of(IdxTest.class);

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_training_file_is_trained_on_and_the_test_file_is_not() {
        Written.idx(folder);
        Dataset data = open(0, 0, 0, PublicImages.NONE);
        assertEquals(3, data.classes());
        assertEquals(List.of("0", "1", "2"), data.classNames());
        assertEquals(new Shape(1, 2, 3), data.shape());
        assertEquals(Set.of(Part.TRAINING, Part.POOL, Part.TEST), data.parts());
        assertEquals(List.of(10, 20, 30, 40, 50, 60), greys(data, Part.TRAINING));
        assertEquals(List.of(0, 1, 2, 2, 1, 0), labels(data, Part.TRAINING));
        assertEquals(List.of(10, 20, 30, 40, 50, 60), greys(data, Part.POOL));
        assertEquals(List.of(70, 80, 90), greys(data, Part.TEST));
        assertEquals(List.of(1, 0, 2), labels(data, Part.TEST));
    }

    @Test
    void black_is_minus_one_and_white_is_one_row_by_row() {
        Written.idx(folder)
                .file(
                        "t10k-images-idx3-ubyte",
                        ByteBuffer.allocate(22)
                                .putInt(0x0803)
                                .putInt(1)
                                .putInt(2)
                                .putInt(3)
                                .put(new byte[] {0, (byte) 255, 51, 0, 0, 102})
                                .array())
                .labels("t10k", 1);
        NDArray image = open(0, 0, 0, PublicImages.NONE).images(Part.TEST).read(BENCH.manager(), 0);
        assertEquals(new Shape(1, 1, 2, 3), image.getShape());
        assertArrayEquals(new float[] {-1, 1, -0.6f, -1, -1, -0.2f}, image.toFloatArray(), 1e-6f);
    }

    @Test
    void the_first_images_of_each_class_can_be_taken_and_a_judge_still_sees_all() {
        Written.idx(folder).images("t10k", 70, 80, 90, 91, 92).labels("t10k", 1, 1, 0, 2, 0);
        Dataset data = open(1, 0, 1, PublicImages.NONE);
        assertEquals(List.of(10, 20, 30), greys(data, Part.TRAINING));
        assertEquals(List.of(0, 1, 2), labels(data, Part.TRAINING));
        assertEquals(List.of(10, 20, 30, 40, 50, 60), greys(data, Part.POOL));
        assertEquals(List.of(70, 90, 91), greys(data, Part.TEST));
    }

    @Test
    void a_judge_can_be_given_a_part_too_which_contains_what_the_target_sees() {
        Written.idx(folder)
                .images("train", 10, 20, 30, 40, 50, 60, 70, 80, 90)
                .labels("train", 0, 1, 2, 2, 1, 0, 0, 1, 2);
        Dataset both = open(1, 2, 0, PublicImages.NONE);
        assertEquals(List.of(10, 20, 30), greys(both, Part.TRAINING));
        assertEquals(List.of(10, 20, 30, 40, 50, 60), greys(both, Part.POOL));
        assertEquals(List.of(10, 20, 30, 40, 50, 60), greys(open(0, 2, 0, PublicImages.NONE), Part.TRAINING));
    }

    @Test
    void compressed_files_are_the_same_data_set_down_to_the_hashes() {
        Written.idx(folder.resolve("plain"));
        Written packed = Written.idx(folder.resolve("packed"))
                .compressed("train-images-idx3-ubyte")
                .compressed("train-labels-idx1-ubyte")
                .compressed("t10k-images-idx3-ubyte");
        FileBased plain = (FileBased) open("plain", 0, 0, 0, PublicImages.NONE);
        FileBased compressed = (FileBased) open("packed", 0, 0, 0, PublicImages.NONE);
        assertEquals(greys(plain, Part.TRAINING), greys(compressed, Part.TRAINING));
        assertEquals(plain.files(Part.TRAINING), compressed.files(Part.TRAINING));
        packed.file("train-images-idx3-ubyte", plainImagesOf(9));
        assertEquals(
                List.of(9, 9, 9, 9, 9, 9),
                greys(open("packed", 0, 0, 0, PublicImages.NONE), Part.TRAINING),
                "a plain file is read before a compressed one");
    }

    @Test
    void each_image_is_listed_with_its_number_and_its_own_hash() {
        Written.idx(folder);
        FileBased data = (FileBased) open(1, 0, 0, PublicImages.NONE);
        List<DataFile> training = data.files(Part.TRAINING);
        assertEquals(
                List.of("train-images-idx3-ubyte/0", "train-images-idx3-ubyte/1", "train-images-idx3-ubyte/2"),
                training.stream().map(DataFile::path).toList());
        // printf '\x0a\x0a\x0a\x0a\x0a\x0a' | sha256sum
        assertEquals(
                new DataFile(
                        "train-images-idx3-ubyte/0",
                        6,
                        "d088784b7ecb87f1ea17e6f982fa968ffefcc07b79de6ecc548fc00242868da6"),
                training.get(0));
        assertEquals(6, data.files(Part.POOL).size());
        assertEquals("t10k-images-idx3-ubyte/2", data.files(Part.TEST).get(2).path());
    }

    @Test
    void other_pixels_are_another_data_set() {
        Written.idx(folder);
        List<DataFile> before = ((FileBased) open(0, 0, 0, PublicImages.NONE)).files(Part.TRAINING);
        new Written(folder).images("train", 10, 20, 30, 40, 50, 61);
        List<DataFile> after = ((FileBased) open(0, 0, 0, PublicImages.NONE)).files(Part.TRAINING);
        assertEquals(before.subList(0, 5), after.subList(0, 5));
        assertNotEquals(before.get(5), after.get(5));
    }

    @Test
    void another_data_set_of_the_format_gives_the_attacker_images_without_labels() {
        Written.idx(folder);
        new Written(folder.resolve("letters")).images("train", 1, 2, 3, 4);
        Dataset data = open(
                0,
                0,
                0,
                new PublicImages(folder.resolve("letters").toAbsolutePath().toString(), 3));
        assertEquals(List.of(1, 2, 3), greys(data, Part.PUBLIC));
        assertEquals(List.of(-1, -1, -1), labels(data, Part.PUBLIC));
        assertEquals(
                4,
                open(
                                0,
                                0,
                                0,
                                new PublicImages(
                                        folder.resolve("letters")
                                                .toAbsolutePath()
                                                .toString(),
                                        0))
                        .images(Part.PUBLIC)
                        .size());
    }

    @Test
    void at_another_size_they_are_the_same_images() {
        Written.idx(folder);
        Dataset large = ((FileBased) open(0, 0, 0, PublicImages.NONE)).resized(8);
        assertEquals(new Shape(1, 8, 8), large.shape());
        NDArray read = large.images(Part.TRAINING).read(BENCH.manager(), 5, 0);
        assertEquals(new Shape(2, 1, 8, 8), read.getShape());
        assertEquals(60 / 127.5 - 1, read.getFloat(0, 0, 7, 0), 1e-6);
        assertEquals(10 / 127.5 - 1, read.getFloat(1, 0, 0, 7), 1e-6);
        assertEquals(List.of(0, 1, 2, 2, 1, 0), labels(large, Part.TRAINING));
    }

    @Test
    void a_part_that_is_not_there_is_refused() {
        Written.idx(folder);
        Dataset data = open(0, 0, 0, PublicImages.NONE);
        assertThrows(IllegalArgumentException.class, () -> data.images(Part.PUBLIC));
        assertThrows(
                IndexOutOfBoundsException.class, () -> data.images(Part.TEST).read(BENCH.manager(), 3));
    }

    private byte[] plainImagesOf(int grey) {
        return new Written(folder.resolve("other"))
                .images("train", grey, grey, grey, grey, grey, grey)
                .bytes("train-images-idx3-ubyte");
    }

    private Dataset open(int training, int pool, int test, PublicImages publicly) {
        return open("", training, pool, test, publicly);
    }

    private Dataset open(String below, int training, int pool, int test, PublicImages publicly) {
        return new IdxConfiguration(folder.resolve(below).toAbsolutePath().toString(), training, pool, test, publicly)
                .open(BENCH);
    }

    static List<Integer> labels(Dataset data, Part part) {
        Images images = data.images(part);
        return IntStream.range(0, images.size()).mapToObj(images::label).toList();
    }

    /** The grey of the first pixel of each image. */
    private static List<Integer> greys(Dataset data, Part part) {
        Images images = data.images(part);
        int[] all = IntStream.range(0, images.size()).toArray();
        NDArray read = images.read(BENCH.manager(), all);
        return IntStream.of(all)
                .mapToObj(i -> Math.round((read.getFloat(i, 0, 0, 0) + 1) * 127.5f))
                .toList();
    }
}
