package org.obverse.engine.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.weights.ScriptFile;
import org.obverse.engine.weights.WeightFile;

@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
@EnabledOnOs({OS.LINUX, OS.MAC})
final class RegularFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void what_is_no_regular_file_is_told_by_its_kind_and_never_opened() throws IOException, InterruptedException {
        Path fifo = folder.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        Path toFifo = Files.createSymbolicLink(folder.resolve("to-fifo"), fifo);
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));
        Path toDevice = Files.createSymbolicLink(folder.resolve("to-device"), Path.of("/dev/zero"));

        assertRefused(fifo, "is a FIFO, not a file");
        assertRefused(toFifo, "is a FIFO, not a file");
        assertRefused(Path.of("/dev/zero"), "is a device, not a file");
        assertRefused(toDevice, "is a device, not a file");
        assertRefused(folder, "is a folder, not a file");
        assertRefused(loop, "leads to no file");
        assertRefused(dangling, "is a link to something that is not there");
        assertRefused(folder.resolve("nothing"), "there is no such file");
        assertRefused(Files.writeString(folder.resolve("plain"), "x").resolve("below"), "there is no such file");
    }

    /** By everything that reads weights and programs. */
    private static void assertRefused(Path file, String reason) {
        assertMessage(reason, () -> RegularFile.require(file, "it", "name another"));
        assertMessage(reason, () -> RegularFile.read(file, 10, "it", "name another"));
        assertMessage(reason, () -> TensorFile.open(file));
        assertMessage(reason, () -> WeightFile.open(file));
        assertMessage(reason, () -> ScriptFile.require(file, "it"));
    }

    private static void assertMessage(String reason, org.junit.jupiter.api.function.Executable opening) {
        InvalidConfigurationException refused = assertThrows(InvalidConfigurationException.class, opening);
        assertTrue(refused.problems().get(0).message().contains(reason), refused::toString);
    }

    @Test
    void a_link_to_a_regular_file_is_followed() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertArrayEquals(new byte[] {1, 2, 3}, RegularFile.read(link, 3, "it", "name another"));
    }

    @Test
    void a_file_beyond_the_limit_is_refused_before_it_is_read() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});

        assertMessage("has 3 bytes, and at most 2 are read", () -> RegularFile.read(file, 2, "it", "name another"));
    }
}
