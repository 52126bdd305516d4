package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected pixels are Pillow's; see pictures/README.md. */
class PictureReaderTest {
    private static final Path PICTURES = Path.of("target/test-classes/pictures");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grey.png",
                "colour.png",
                "transparent.png",
                "grey-alpha.png",
                "palette.png",
                "palette-transparent.png",
                "black-white.png",
                "two-bits.png",
                "colour-16.png",
                "grey-16.png",
                "orientation-6.png",
                "colour.bmp",
                "palette.bmp",
                "colour.tif",
                "lzw.tif",
                "grey.tif",
                "palette.gif",
                "lossless.webp",
                "orientation-6.webp"
            })
    void a_file_without_loss_is_read_exactly(String name) throws Exception {
        assertEquals(0, largestDifference(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour.jpg",
                "progressive-444.jpg",
                "grey.jpg",
                "cmyk.jpg",
                "ycck.jpg",
                "profile.jpg",
                "profile-grey.jpg",
                "unmarked-444.jpg",
                "adobe-rgb.jpg"
            })
    void a_jpeg_file_is_read_as_pillow_reads_it_but_for_rounding(String name) throws Exception {
        int difference = largestDifference(name);

        assertTrue(difference <= 2, name + " differs by " + difference);
    }

    @ParameterizedTest
    @ValueSource(strings = {"picture.webp", "transparent.webp"})
    void a_webp_file_with_losses_is_read_as_libwebp_reads_it_without_interpolated_colours(String name)
            throws Exception {
        int difference = largestDifference(name);

        assertTrue(difference <= 2, name + " differs by " + difference);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_rotated_or_mirrored_picture_is_turned_upright(int orientation) throws Exception {
        int difference = largestDifference("orientation-" + orientation + ".jpg");

        assertTrue(difference <= 2, "differs by " + difference);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour.jpg",
                "progressive-444.jpg",
                "cmyk.jpg",
                "colour.png",
                "colour.bmp",
                "lzw.tif",
                "picture.webp",
                "lossless.webp",
                "transparent.webp"
            })
    void a_truncated_file_is_refused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(PICTURES.resolve(name));
        for (double share : new double[] {0.1, 0.6, 0.9}) {
            byte[] cut = Arrays.copyOf(whole, (int) (whole.length * share));

            UnreadablePictureException refusal =
                    assertThrows(UnreadablePictureException.class, () -> PictureReader.read(cut), name + " " + share);
            assertTrue(
                    String.valueOf(refusal.getMessage()).contains("truncated"), String.valueOf(refusal.getMessage()));
        }
    }

    @Test
    void bytes_between_the_segments_are_skipped() throws Exception {
        byte[] whole = Files.readAllBytes(PICTURES.resolve("grey.jpg"));
        byte[] padded = Arrays.copyOf(whole, whole.length + 3);
        int second = 2 + 2 + 16;
        System.arraycopy(whole, second, padded, second + 3, whole.length - second);
        Arrays.fill(padded, second, second + 3, (byte) 7);

        assertEquals(26, PictureReader.read(padded).width());
    }

    @Test
    void what_java_does_not_read_is_named() throws IOException {
        assertEquals(
                "is a netpbm picture, which Java does not read",
                refusal(Files.readAllBytes(PICTURES.resolve("picture.ppm"))));
        assertEquals("is empty", refusal(new byte[0]));
        assertTrue(refusal("<html>404</html>".getBytes(StandardCharsets.UTF_8)).startsWith("is not a picture"));
    }

    @Test
    void twelve_bits_and_two_channels_are_named() throws IOException {
        byte[] jpeg = Files.readAllBytes(PICTURES.resolve("progressive-444.jpg"));
        int frame = indexOf(jpeg, 0xff, 0xc2);
        byte[] twelve = jpeg.clone();
        twelve[frame + 4] = 12;
        byte[] two = jpeg.clone();
        two[frame + 9] = 2;

        assertEquals("is a JPEG file of 12 bits per channel, which Java does not read", refusal(twelve));
        assertEquals("is a JPEG file of 2 channels, which are neither grey, RGB nor CMYK", refusal(two));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 11, 255})
    void an_orientation_that_does_not_exist_turns_nothing(int orientation) throws Exception {
        byte[] upright = Files.readAllBytes(PICTURES.resolve("orientation-1.jpg"));
        byte[] other = upright.clone();
        other[indexOf(other, 1, 0x12) + 9] = (byte) orientation;

        assertEquals(PictureReader.read(upright), PictureReader.read(other));
    }

    @Test
    void a_picture_that_would_fill_the_memory_is_refused_before_it_is_read() throws IOException {
        byte[] bomb = Files.readAllBytes(PICTURES.resolve("grey.png"));
        bomb[18] = 0x7f;
        bomb[22] = 0x7f;

        assertTrue(refusal(bomb).contains("more than the 100000000 that are read"), refusal(bomb));
    }

    @Test
    void an_animated_webp_picture_is_refused() throws IOException {
        assertEquals(
                "is an animated WebP picture, of which none is the one",
                refusal(Files.readAllBytes(PICTURES.resolve("animated.webp"))));
    }

    @Test
    void a_webp_file_is_refused_by_the_size_of_its_picture_before_that_is_read() throws IOException {
        byte[] bomb = Files.readAllBytes(PICTURES.resolve("picture.webp"));
        Arrays.fill(bomb, 26, 30, (byte) 0x3f);

        assertTrue(refusal(bomb).contains("more than the 100000000 that are read"), refusal(bomb));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orientation-6.webp", "transparent.webp"})
    void a_webp_file_whose_container_tells_another_size_than_its_picture_is_refused(String name) throws IOException {
        byte[] file = Files.readAllBytes(PICTURES.resolve(name));
        file[24] = 24;

        assertEquals("is a damaged or truncated WEBP file", refusal(file));
    }

    private static String refusal(byte[] file) {
        return String.valueOf(assertThrows(UnreadablePictureException.class, () -> PictureReader.read(file))
                .getMessage());
    }

    private static int indexOf(byte[] bytes, int first, int second) {
        int at = 0;
        while (bytes[at] != (byte) first || bytes[at + 1] != (byte) second) {
            at++;
        }
        return at;
    }

    private static int largestDifference(String name) throws Exception {
        byte[] expected = Files.readAllBytes(PICTURES.resolve(name + ".rgb"));
        byte[] read =
                PictureReader.read(Files.readAllBytes(PICTURES.resolve(name))).rgb();
        assertEquals(expected.length, read.length);
        int largest = 0;
        for (int i = 0; i < read.length; i++) {
            largest = Math.max(largest, Math.abs((expected[i] & 0xff) - (read[i] & 0xff)));
        }
        return largest;
    }
}
