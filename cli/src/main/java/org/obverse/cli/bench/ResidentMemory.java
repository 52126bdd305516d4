package org.obverse.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process's peak resident memory, native arrays included; known on Linux only. */
public final class ResidentMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ResidentMemory.class);
    private static final Path STATUS = Path.of("/proc/self/status");
    /** Writing 5 resets the peak to what is resident now (proc(5)). */
    private static final Path RESET = Path.of("/proc/self/clear_refs");

    private ResidentMemory() {}

    /** Counts the peak from what is resident now, where the system lets us. */
    public static void resetPeak() {
        if (Files.isWritable(RESET)) {
            try {
                Files.writeString(RESET, "5", StandardCharsets.US_ASCII);
            } catch (IOException e) {
                LOG.info("the peak of memory cannot be reset, so it is that of the whole process", e);
            }
        }
    }

    /** In MiB. */
    public static OptionalLong peak() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst();
    }
}
