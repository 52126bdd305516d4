package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while files are read, of which there are too many for the patience of anybody. */
final class InterruptedReadingTest {
    private static final int PICTURES = 2000;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("plan.yaml"), """
                name: faces
                data: { use: image-folder, folder: pictures, image: { size: 16 } }
                target: { classifier: { use: small-resnet }, training: { epochs: 1 } }
                """);
    }

    /** Each takes some 100 ms to decode, and nothing to hash. */
    @Test
    void decoding_ends_with_130_and_leaves_no_draft() throws IOException, InterruptedException {
        Path large = folder.resolve("large.png");
        ImageIO.write(new BufferedImage(3000, 3000, BufferedImage.TYPE_INT_RGB), "png", large.toFile());
        pictures(large, PICTURES);

        Child run = child("run", folder.resolve("plan.yaml"), "--runs", folder.resolve("runs"));
        run.await("/pictures at 16x16: ");
        run.signal("INT");

        assertEquals(130, run.code());
        String said = run.err();
        assertTrue(said.contains("Go on with: obverse resume faces --runs "), said);
        assertFalse(said.contains("No checkpoint"), said);
        assertTrue(journal().contains("INTERRUPTED"), journal());
        assertEquals(List.of(), files("cache/decoded-images"));
        assertEquals(PICTURES, hashes());
    }

    /** 100 GB of zeros, which take no space. */
    @Test
    void hashing_ends_with_130_before_the_first_unit_in_a_run_and_in_a_check_of_it()
            throws IOException, InterruptedException {
        Path small = folder.resolve("small.png");
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", small.toFile());
        pictures(small, 4);
        Invocation whole =
                Invocation.of("run", folder.resolve("plan.yaml"), "--runs", folder.resolve("runs"), "--name", "small");
        assertEquals(0, whole.code(), whole.err());
        Path endless = folder.resolve("endless.png");
        try (RandomAccessFile file = new RandomAccessFile(endless.toFile(), "rw")) {
            file.setLength(50_000_000);
        }
        pictures(endless, PICTURES);

        Child run = child("run", folder.resolve("plan.yaml"), "--runs", folder.resolve("runs"));
        run.await("/pictures: 1 of 2,004");
        run.signal("INT");
        assertEquals(130, run.code());
        String said = run.err();
        long hashed = hashes();
        Child check = child(
                "run", folder.resolve("plan.yaml"), "--runs", folder.resolve("runs"), "--name", "small", "--dry-run");
        check.await("/pictures: 1 of 2,004");
        check.signal("INT");

        assertTrue(said.contains("Interrupted before anything was written."), said);
        assertFalse(said.contains("No checkpoint"), said);
        assertFalse(Files.exists(folder.resolve("runs/faces")));
        assertTrue(hashed > 0 && hashed < PICTURES, hashed + " are hashed");
        assertEquals(130, check.code());
        said = check.err();
        assertTrue(said.contains("Interrupted."), said);
        assertTrue(hashes() >= hashed, "what was hashed is forgotten");
    }

    /** Hard links to one file, half of them in a class of their own. */
    private void pictures(Path file, int number) throws IOException {
        for (int i = 0; i < number; i++) {
            Path person = Files.createDirectories(folder.resolve("pictures/" + "ab".charAt(i % 2)));
            Files.createLink(person.resolve(String.valueOf(file.getFileName()).replace(".", i + ".")), file);
        }
    }

    private Child child(Object... arguments) throws IOException {
        return Child.of(Map.of("OBVERSE_CACHE", folder.resolve("cache").toString()), arguments);
    }

    private String journal() throws IOException {
        return Files.readString(folder.resolve("runs/faces/events.jsonl"));
    }

    private long hashes() throws IOException {
        List<Path> books = files("cache/file-hashes");
        assertEquals(1, books.size(), books.toString());
        return Files.readAllLines(books.get(0)).stream()
                .filter(line -> line.contains("\t"))
                .count();
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.toList();
        }
    }
}
