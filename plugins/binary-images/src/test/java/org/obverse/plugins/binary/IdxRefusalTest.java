package org.obverse.plugins.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.testkit.Workbench;

/** What is not as the format says, each with the name of the file and a way out. */
class IdxRefusalTest {
    private static final Workbench BENCH = Workbench.of(IdxRefusalTest.class);
    private static final String IMAGES = "train-images-idx3-ubyte";

    @TempDir
    private Path folder = Path.of("");

    private Written files = new Written(Path.of(""));

    @BeforeEach
    void write() {
        files = Written.idx(folder);
    }

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_folder_that_is_not_there_is_missing() {
        InvalidConfigurationException refusal =
                refusal(configuration(folder.resolve("nowhere").toString(), PublicImages.NONE));
        assertTrue(refusal.isMissing());
        assertTrue(refusal.problems().get(0).wayOut().contains("t10k-labels-idx1-ubyte"));
    }

    @Test
    void all_files_that_are_not_there_are_named_at_once_and_are_no_missing_data_set() {
        files.without("train-labels-idx1-ubyte").without("t10k-images-idx3-ubyte");
        InvalidConfigurationException refusal = refusal();
        assertFalse(refusal.isMissing());
        assertEquals(
                List.of(
                        folder + " has no file train-labels-idx1-ubyte, compressed or not",
                        folder + " has no file t10k-images-idx3-ubyte, compressed or not"),
                refusal.problems().stream().map(Problem::message).toList());
    }

    @Test
    void files_a_folder_deeper_are_found_and_not_used() throws IOException {
        Path outer = Files.createDirectory(folder.resolve("outer"));
        Written.idx(outer.resolve("raw"));
        Problem problem = refusal(configuration(outer.toString(), PublicImages.NONE))
                .problems()
                .get(0);
        assertTrue(problem.message().endsWith("and " + outer.resolve("raw") + " has"), problem::toString);
        assertTrue(problem.wayOut().startsWith("name that folder"), problem::toString);
    }

    @Test
    void a_file_in_the_place_of_the_folder_is_none() {
        assertRefused(
                refusal(configuration(folder.resolve(IMAGES).toString(), PublicImages.NONE)),
                IMAGES + " is a file, not a folder");
    }

    @Test
    void labels_in_the_place_of_images_are_told_by_their_number() {
        files.labels("train", new int[60]).file(IMAGES, files.bytes("train-labels-idx1-ubyte"));
        assertRefused(IMAGES + " begins with 0x00000801, not with 0x00000803: it is no file of images, idx3-ubyte");
    }

    @Test
    void a_file_that_is_shorter_or_longer_than_its_head_says_is_refused() {
        byte[] whole = files.bytes(IMAGES);
        files.file(IMAGES, Arrays.copyOf(whole, whole.length - 1));
        assertRefused(IMAGES + " has 51 bytes, and its head promises 52");
        files.file(IMAGES, Arrays.copyOf(whole, whole.length + 1));
        assertRefused(IMAGES + " has 53 bytes, and its head promises 52");
        files.file(IMAGES, Arrays.copyOf(whole, 7));
        assertRefused(IMAGES + " is truncated: it ends after 7 of 16 bytes");
    }

    @Test
    void a_compressed_file_that_holds_less_or_more_than_its_head_says_is_refused() {
        byte[] whole = files.bytes(IMAGES);
        files.file(IMAGES, Arrays.copyOf(whole, whole.length - 1)).compressed(IMAGES);
        assertRefused(IMAGES + ".gz is truncated: it ends after 35 of 36 bytes");
        files.file(IMAGES, Arrays.copyOf(whole, whole.length + 1)).compressed(IMAGES);
        assertRefused(IMAGES + ".gz goes on after the 52 bytes that it should have");
    }

    @Test
    void a_compressed_file_that_is_cut_off_damaged_or_not_compressed_is_refused() {
        byte[] packed = files.compressed(IMAGES).bytes(IMAGES + ".gz");
        files.file(IMAGES + ".gz", Arrays.copyOf(packed, packed.length - 9));
        assertRefused(IMAGES + ".gz is truncated: ");
        byte[] damaged = packed.clone();
        damaged[packed.length - 6] ^= 1;
        files.file(IMAGES + ".gz", damaged);
        assertRefused(IMAGES + ".gz is no whole gzip file (Corrupt GZIP trailer)");
        files.file(IMAGES + ".gz", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        assertRefused(IMAGES + ".gz is no whole gzip file (Not in GZIP format)");
    }

    @Test
    void a_head_that_promises_more_than_there_is_takes_no_memory() {
        byte[] head = head(Integer.MAX_VALUE, 28, 28);
        files.file(IMAGES, head);
        assertRefused(IMAGES + " has 16 bytes, and its head promises ");
        files.compressed(IMAGES);
        assertRefused(IMAGES + ".gz promises 1605631 MB of images, more than the ");
    }

    @Test
    void a_head_without_images_or_of_impossible_ones_is_refused() {
        files.file(IMAGES, head(0, 28, 28));
        assertRefused(IMAGES + " promises 0 images of 28x28 pixels");
        files.file(IMAGES, head(-1, 28, 28));
        assertRefused(IMAGES + " promises -1 images of 28x28 pixels");
        files.file(IMAGES, head(1, 0, 28));
        assertRefused(IMAGES + " promises 1 images of 0x28 pixels");
        files.file(IMAGES, head(1, 28, 1 << 30));
        assertRefused(IMAGES + " promises 1 images of 28x1073741824 pixels");
    }

    @Test
    void another_number_of_labels_than_images_is_refused() {
        files.labels("train", 0, 1, 2, 2, 1, 0, 0);
        assertRefused("train-labels-idx1-ubyte has 7 labels, and train-images-idx3-ubyte has 6 images");
    }

    @Test
    void a_label_that_no_training_image_has_is_refused() {
        files.labels("t10k", 1, 3, 2);
        assertRefused("t10k-labels-idx1-ubyte has a label 3, and the training images are of the classes 0 to 2");
    }

    @Test
    void classes_that_are_not_counted_from_0_are_refused() {
        files.labels("train", 3, 1, 3, 3, 1, 0);
        assertRefused("train-labels-idx1-ubyte has labels up to 3 and none that is 2");
    }

    @Test
    void test_images_of_another_size_are_refused() {
        files.file("t10k-images-idx3-ubyte", Arrays.copyOf(head(3, 1, 1), 19));
        assertRefused("t10k-images-idx3-ubyte has images of 1x1 pixels, and those of the training file have 2x3");
    }

    @Test
    void public_images_are_refused_under_their_own_key() {
        Path letters = folder.resolve("letters");
        new Written(letters).file(IMAGES, Arrays.copyOf(head(3, 1, 1), 19));
        Problem size = refusal(configuration(folder.toString(), new PublicImages(letters.toString(), 0)))
                .problems()
                .get(0);
        assertEquals("public-images.folder", size.path());
        assertTrue(size.message().contains("1x1"), size::toString);
        assertTrue(refusal(configuration(
                        folder.toString(),
                        new PublicImages(folder.resolve("nowhere").toString(), 0)))
                .isMissing());
    }

    @Test
    void more_images_of_each_class_than_there_are_is_refused_with_how_many_there_are() {
        Problem scarce = refusal(new IdxConfiguration(folder.toString(), 0, 0, 2, PublicImages.NONE))
                .problems()
                .get(0);

        assertEquals("test-per-class", scarce.path());
        assertEquals("class 0 has 1 images, fewer than 2", scarce.message());
        assertEquals("use at most 1, or 0 for all", scarce.wayOut());
    }

    @Test
    void values_out_of_range_are_problems_of_their_keys() {
        assertEquals(
                List.of("folder", "training-per-class", "pool-per-class", "test-per-class", "public-images.most"),
                new IdxConfiguration("", -1, -1, -1, new PublicImages("", -1))
                        .check().stream().map(Problem::path).toList());
        assertEquals(
                List.of("training-per-class"),
                new IdxConfiguration("a", 6, 5, 0, PublicImages.NONE)
                        .check().stream().map(Problem::path).toList());
        assertEquals(List.of(), new IdxConfiguration("a", 5, 5, 0, PublicImages.NONE).check());
        assertEquals(List.of(), IdxConfiguration.DEFAULT.check());
        assertEquals(List.of(), CifarConfiguration.DEFAULT.check());
    }

    private static byte[] head(int count, int height, int width) {
        return ByteBuffer.allocate(16)
                .putInt(0x0803)
                .putInt(count)
                .putInt(height)
                .putInt(width)
                .array();
    }

    private static IdxConfiguration configuration(String folder, PublicImages publicly) {
        return new IdxConfiguration(folder, 0, 0, 0, publicly);
    }

    private InvalidConfigurationException refusal() {
        return refusal(configuration(folder.toString(), PublicImages.NONE));
    }

    private static InvalidConfigurationException refusal(IdxConfiguration configuration) {
        return assertThrows(InvalidConfigurationException.class, () -> configuration.open(BENCH));
    }

    private void assertRefused(String file) {
        assertRefused(refusal(), file);
    }

    private static void assertRefused(InvalidConfigurationException refusal, String expected) {
        Problem problem = refusal.problems().get(0);
        assertEquals("folder", problem.path());
        assertTrue(problem.message().contains("/" + expected), problem::toString);
        assertFalse(problem.wayOut().isBlank(), problem::toString);
    }
}
