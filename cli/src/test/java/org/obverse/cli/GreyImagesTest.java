package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of one channel, 28 pixels wide, in files of MNIST's format: what a whole plan makes of them. */
final class GreyImagesTest {
    private static final int SIDE = 28;
    private static final int CLASSES = 3;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        images(data.resolve("train-images-idx3-ubyte"), 24, 0);
        labels(data.resolve("train-labels-idx1-ubyte"), 24);
        images(data.resolve("t10k-images-idx3-ubyte"), 6, 100);
        labels(data.resolve("t10k-labels-idx1-ubyte"), 6);
        Path other = Files.createDirectory(folder.resolve("other"));
        images(other.resolve("train-images-idx3-ubyte"), 16, 150);
    }

    @Test
    void a_whole_plan_trains_attacks_and_judges_on_grey_images_and_shows_them_grey() throws IOException {
        Invocation run = run("", """
                attack:
                  use: ked-mi
                  stages:
                    prepare: { latent-size: 4, width: 2, minibatch: { kernels: 2, dimensions: 2 }, training: { epochs: 1, batch: 8 } }
                    optimize: { steps: 2 }
                """, """
                metrics: [ { use: attack-accuracy }, { use: feature-distance }, { use: test-accuracy } ]
                accept: [ weak-judge, uncalibrated-judge ]
                """);

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("test accuracy"), run.out());
        BufferedImage pictures =
                ImageIO.read(folder.resolve("runs/grey/pictures.png").toFile());
        int shades = 0;
        for (int x = 0; x < pictures.getWidth(); x++) {
            int rgb = pictures.getRGB(x, 10) & 0xFFFFFF;
            if (rgb != 0xFFFFFF && rgb != 0x30363D) {
                assertEquals((rgb & 0xFF) * 0x010101, rgb, "the pixel at " + x);
                shades++;
            }
        }
        assertTrue(shades > CLASSES * SIDE, shades + " pixels of pictures in a row");
        assertEquals(
                24 + 6 + 16,
                Files.readAllLines(folder.resolve("runs/grey/data-0.tsv")).size());
    }

    @Test
    void a_generator_of_colour_images_is_refused_before_the_run_trained_or_not() throws IOException {
        String refusal =
                "generator: it makes images of 3 channels, and those of the data have 1; choose another generator";
        Invocation attacked = run("generator: { use: stylegan2 }\n", "attack: { use: ppa }\n", "");
        assertEquals(Exit.PLAN.code(), attacked.code());
        assertTrue(attacked.err().contains(refusal), attacked.err());
        Invocation trained = run("generator: { use: stylegan2, weights: \"\" }\n", "", "");
        assertEquals(Exit.PLAN.code(), trained.code());
        assertTrue(trained.err().contains(refusal), trained.err());
    }

    @Test
    void what_a_network_does_to_three_channels_is_refused_for_one() throws IOException {
        Path plan = folder.resolve("colour.yaml");
        Files.writeString(plan, """
                data: { use: idx, folder: data }
                target: { classifier: { use: vgg16-64, input: imagenet }, training: { epochs: 1, batch: 4 } }
                """);
        Invocation refused = Invocation.of("run", plan, "--dry-run", "--runs", folder.resolve("runs"));
        assertEquals(Exit.PLAN.code(), refused.code());
        assertTrue(refused.err().contains("its input transform is of 3 channels and the images have 1"), refused.err());
    }

    private Invocation run(String generator, String attack, String metrics) throws IOException {
        Path plan = folder.resolve("grey.yaml");
        Files.writeString(plan, """
                name: grey
                data: { use: idx, folder: data, training-per-class: 4, public-images: { folder: other } }
                target:
                  classifier: { use: membership-cnn, normalization: group, capacity: 0.0625 }
                  training:
                    epochs: 2
                    batch: 6
                    augmentation: { crop: 0.9, flip: 0.5, brightness: 0.2, contrast: 0.2, saturation: 0.1, hue: 0.1 }
                evaluation:
                  judge: { classifier: { use: small-inception, width: 8 }, pixels: 32, training: { epochs: 1, batch: 8 } }
                execution: { device: cpu }
                """ + generator + attack + metrics);
        return Invocation.of("run", plan, "--runs", folder.resolve("runs"));
    }

    /** Stripes whose distance tells the class, of a shade of their own. */
    private static void images(Path file, int count, int shade) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(16 + count * SIDE * SIDE)
                .putInt(0x0803)
                .putInt(count)
                .putInt(SIDE)
                .putInt(SIDE);
        for (int i = 0; i < count; i++) {
            int image = i;
            IntUnaryOperator row = y -> y / (2 + image % CLASSES) % 2 * (shade + 60 + image);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    bytes.put((byte) row.applyAsInt(y));
                }
            }
        }
        Files.write(file, bytes.array());
    }

    private static void labels(Path file, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + count).putInt(0x0801).putInt(count);
        for (int i = 0; i < count; i++) {
            bytes.put((byte) (i % CLASSES));
        }
        Files.write(file, bytes.array());
    }
}
