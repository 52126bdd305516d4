package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What can be wrong with folders of pictures: a message that names the file and the key of the plan, and exit code 2; 5 if only
 * decoding finds it, which is the first unit's work.
 */
final class PictureFoldersTest {
    @TempDir
    private Path folder = Path.of("");

    /** Makes two classes of four pictures into something else. */
    private interface Change {
        void of(Path pictures) throws IOException;
    }

    private static Stream<Arguments> refused() {
        return Stream.of(
                arguments(
                        "a folder with one class",
                        (Change) pictures -> delete(pictures.resolve("b")),
                        "image-folder",
                        Exit.PLAN,
                        List.of("data.folder: ", "/pictures has only one class, 'a'", "one sub-folder per class")),
                arguments(
                        "a class without a picture",
                        (Change) pictures -> Files.writeString(
                                Files.createDirectories(pictures.resolve("empty"))
                                        .resolve("x.txt"),
                                ""),
                        "image-folder",
                        Exit.PLAN,
                        List.of("data.folder: ", "/pictures/empty is a class without a picture", "remove the folder")),
                arguments(
                        "a picture that was cut off",
                        (Change) pictures -> cut(pictures.resolve("a/1.png")),
                        "image-folder",
                        Exit.FAILED,
                        List.of(
                                "a problem, found by unit data/0",
                                "folder: ",
                                "/pictures/a/1.png is a damaged or truncated PNG file",
                                "get it again")),
                arguments(
                        "a text with the name of a picture",
                        (Change) pictures -> Files.writeString(pictures.resolve("b/page.jpg"), "<html>404</html>"),
                        "image-folder",
                        Exit.FAILED,
                        List.of("folder: ", "/pictures/b/page.jpg is not a picture")),
                arguments(
                        "a label out of range",
                        (Change) pictures -> celeba(pictures, "10178"),
                        "celeba, identities: 2",
                        Exit.PLAN,
                        List.of(
                                "data.folder: ",
                                "/pictures/identity_CelebA.txt has '000002.jpg 10178' in line 2",
                                "a person from 1 to 10177")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void data_that_cannot_be_used_is_refused_with_its_name_and_place(
            String title, Change change, String use, Exit exit, List<String> words) throws IOException {
        write();
        change.of(folder.resolve("pictures"));

        Invocation refused = run(use);

        assertEquals(exit.code(), refused.code(), refused.err());
        assertFalse(refused.err().contains("threw") || refused.err().contains("--accept-changed"), refused.err());
        assertAll(words.stream().map(word -> () -> assertTrue(refused.err().contains(word), refused.err())));
    }

    @Test
    void grey_cmyk_16_bit_and_turned_pictures_are_data_like_any_other() throws IOException {
        write();
        for (String name : List.of("grey.jpg", "cmyk.jpg", "grey-16.png", "orientation-6.jpg")) {
            try (InputStream bytes = PictureFoldersTest.class.getResourceAsStream("/pictures/" + name)) {
                if (bytes == null) {
                    throw new IllegalStateException(name + " is missing");
                }
                Files.write(folder.resolve("pictures/a").resolve(name), bytes.readAllBytes());
            }
        }

        Invocation run = run("image-folder");

        assertEquals(0, run.code(), run.err());
        assertEquals(
                1,
                Files.readAllLines(folder.resolve("runs/faces/data-0.tsv")).stream()
                        .filter(line -> line.endsWith("a/cmyk.jpg"))
                        .count());
    }

    private Invocation run(String use) throws IOException {
        Path plan = folder.resolve("faces.yaml");
        Files.writeString(plan, """
                data: { use: %s, folder: pictures, split: { training-share: 0.75 }, image: { size: 16 } }
                target: { classifier: { use: small-resnet }, training: { epochs: 1, batch: 4 } }
                execution: { device: cpu }
                """.formatted(use));
        return Invocation.of("run", plan, "--runs", folder.resolve("runs"));
    }

    private void write() throws IOException {
        for (String person : List.of("a", "b")) {
            Path pictures = Files.createDirectories(folder.resolve("pictures").resolve(person));
            for (int i = 0; i < 4; i++) {
                ImageIO.write(
                        new BufferedImage(20, 24 + i, BufferedImage.TYPE_INT_RGB),
                        "png",
                        pictures.resolve(i + ".png").toFile());
            }
        }
    }

    private static void delete(Path person) throws IOException {
        for (int i = 0; i < 4; i++) {
            Files.delete(person.resolve(i + ".png"));
        }
        Files.delete(person);
    }

    private static void cut(Path picture) throws IOException {
        byte[] whole = Files.readAllBytes(picture);
        Files.write(picture, Arrays.copyOf(whole, whole.length / 2));
    }

    private static void celeba(Path pictures, String person) throws IOException {
        Path images = Files.createDirectories(pictures.resolve("img_align_celeba"));
        Files.copy(pictures.resolve("a/0.png"), images.resolve("000001.png"));
        Files.copy(pictures.resolve("a/1.png"), images.resolve("000002.png"));
        Files.writeString(pictures.resolve("identity_CelebA.txt"), "000001.jpg 7\n000002.jpg " + person + "\n");
        Files.writeString(pictures.resolve("list_eval_partition.txt"), "000001.jpg 0\n000002.jpg 0\n");
    }
}
