package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Fails what a process writes below one folder: a library in C that is preloaded and stands before libc ({@code faults.c}).
 *
 * @param library compiled
 */
record FaultyDisk(Path library) {
    private static final int MOST_SECONDS = 60;

    /** How a disk fails. */
    enum Kind {
        /** One call fails. */
        EIO("Input/output error"),
        /** From one call on there is no room. */
        ENOSPC("No space left on device"),
        /** From one call on no file is opened to write and no name is changed. */
        EROFS("Read-only file system"),
        /** Likewise, where the file system could and the user may not. */
        EACCES("AccessDeniedException");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As the system says it, or Java for it. */
        String words() {
            return words;
        }
    }

    /**
     * Compiles it; tests of a machine without a C compiler are skipped.
     *
     * @param folder for source and library
     */
    static FaultyDisk compiled(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("faults.c");
        Path library = folder.resolve("faults.so");
        try (InputStream text = FaultyDisk.class.getResourceAsStream("faults.c")) {
            if (text == null) {
                throw new IllegalStateException("faults.c is missing");
            }
            Files.write(source, text.readAllBytes());
        }
        Process compiler;
        try {
            compiler = new ProcessBuilder(
                            "cc",
                            "-O1",
                            "-Wall",
                            "-Werror",
                            "-shared",
                            "-fPIC",
                            "-o",
                            library.toString(),
                            source.toString(),
                            "-ldl",
                            "-lpthread")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(
                    false,
                    "there is no C compiler to build the failing disk with: install gcc (" + e.getMessage() + ")");
            throw e;
        }
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        compiler.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        assertEquals(0, compiler.exitValue(), said);
        return new FaultyDisk(library);
    }

    /**
     * For the environment of a process.
     *
     * @param at which of its writes fails, from 1; none if 0
     * @param log gets one line per write
     */
    Map<String, String> environment(Path folder, Kind kind, int at, Path log) {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "OBVERSE_FAULT_FOLDER", folder.toString(),
                "OBVERSE_FAULT_KIND", kind.name(),
                "OBVERSE_FAULT_AT", String.valueOf(at),
                "OBVERSE_FAULT_LOG", log.toString());
    }

    /** What was written, one line per call: its number, its name and the path. */
    static List<String> writes(Path log) throws IOException {
        return Files.readAllLines(log);
    }
}
