package org.obverse.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Use;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plugin.Registry;
import org.obverse.testkit.Workbench;

/** A picture that was changed is decoded, or refused by its name. */
final class PictureFuzzTest {
    private static final Workbench BENCH = Workbench.of(PictureFuzzTest.class);
    private static final List<String> WORDS = List.of(
            "IHDR",
            "PLTE",
            "IDAT",
            "IEND",
            "tRNS",
            "iCCP",
            "eXIf",
            "Exif\0\0",
            "GIF89a",
            "BM",
            "II*\0",
            "MM\0*",
            "Adobe",
            "JFIF\0",
            "\u00ff\u00d8",
            "\u00ff\u00d9",
            "\u00ff\u00c0",
            "\u00ff\u00c2",
            "\u00ff\u00c4",
            "\u00ff\u00da",
            "\u00ff\u00db",
            "\u00ff\u00e1",
            "\u00ff\u00ee",
            "\0\0\u00ff\u00ff",
            "\u007f\u00ff\u00ff\u00ff",
            "!\u00ff\u000bNETSCAPE2.0",
            "RIFF",
            "VP8X",
            "VP8 ",
            "VP8L",
            "ALPH",
            "EXIF",
            "ANMF",
            "\u009d\u0001*",
            ",\0\0\0\0",
            "\0");

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_changed_picture_is_decoded_or_refused() throws IOException {
        for (String whole : List.of("a/0.png", "b/0.png", "b/1.png")) {
            Files.createDirectories(folder.resolve(whole).getParent());
            Files.write(folder.resolve(whole), encoded("png", BufferedImage.TYPE_INT_RGB));
        }
        Components components = new Components(Registry.ofClassPath());
        Use use = new Use(
                "image-folder",
                Map.of(
                        "folder", folder.toString(),
                        "split", Map.of("training-share", 0.5),
                        "image", Map.of("size", 8)));
        Path changing = folder.resolve("a/1.png");
        new Fuzzing("picture", seeds(), WORDS, 150, 768L << 20)
                .of(changed -> {
                    Files.write(changing, changed);
                    read(components.choose(Kind.DATASET, use).create(BENCH));
                })
                .requireBoth();
    }

    private static void read(Dataset dataset) {
        try (NDManager manager = BENCH.manager().newSubManager();
                NDArray images = dataset.images(Part.TRAINING).read(manager, 0, 1)) {
            assertTrue(images.toFloatArray().length > 0);
        }
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : List.of("cmyk.jpg", "grey.jpg", "orientation-6.jpg", "grey-16.png")) {
            seeds.add(Files.readAllBytes(Path.of("../fixtures", name)));
        }
        for (String name : List.of("picture.webp", "lossless.webp", "transparent.webp", "orientation-6.webp")) {
            seeds.add(Files.readAllBytes(Path.of("../plugins/image-folders/src/test/resources/pictures", name)));
        }
        for (String format : List.of("png", "jpg", "bmp", "gif", "tiff")) {
            seeds.add(encoded(format, BufferedImage.TYPE_INT_RGB));
        }
        seeds.add(encoded("png", BufferedImage.TYPE_BYTE_INDEXED));
        seeds.add(encoded("png", BufferedImage.TYPE_4BYTE_ABGR));
        seeds.add(encoded("tiff", BufferedImage.TYPE_USHORT_GRAY));
        seeds.add(encoded("bmp", BufferedImage.TYPE_BYTE_INDEXED));
        seeds.add(encoded("bmp", BufferedImage.TYPE_BYTE_BINARY));
        return seeds;
    }

    private static byte[] encoded(String format, int type) {
        BufferedImage image = new BufferedImage(13, 11, type);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, 0xff000000 | ((19 * x) << 16) | ((23 * y) << 8) | (7 * x * y));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            assertTrue(ImageIO.write(image, format, bytes), format);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
