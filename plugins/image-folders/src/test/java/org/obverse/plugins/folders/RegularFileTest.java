package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class RegularFileTest {
    /** SHA-256 of 256 MiB of zeros, by sha256sum. */
    private static final String ZEROS = "a6d72ac7690f53be6ae46ba88506bd97302a093f7108472bd9efc3cefda06484";

    @TempDir
    private Path folder = Path.of("");

    /** Hashes a file, in a process of its own. */
    static final class Hashing {
        private Hashing() {}

        public static void main(String[] arguments) throws Exception {
            System.out.print(RegularFile.sha256(Path.of(arguments[0])));
        }
    }

    @Test
    void a_file_larger_than_javas_memory_is_hashed() throws Exception {
        Path file = folder.resolve("large.png");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(256 << 20);
        }
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Hashing.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();

        assertEquals(ZEROS, new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void pipes_and_devices_are_not_opened() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        for (Path file : List.of(pipe, Path.of("/dev/zero"), folder)) {
            assertThrows(UnreadablePictureException.class, () -> RegularFile.sha256(file));
            assertThrows(IOException.class, () -> RegularFile.text(file));
            assertThrows(
                    UnreadablePictureException.class,
                    () -> new Source(file, "x").image("", ImageFolderConfiguration.DEFAULT.image(), Room.ofThisJava()));
        }
    }

    @Test
    void a_list_that_is_too_long_to_be_one_is_not_read() throws IOException {
        Path file = folder.resolve("list");
        Files.createFile(file);
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 40);
        }

        IOException refusal = assertThrows(IOException.class, () -> RegularFile.text(file));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("more than the 67108864 that are read"),
                refusal::toString);
    }
}
