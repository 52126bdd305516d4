package org.obverse.engine.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.torch.TorchRuntime;

final class EpochFileTest {
    private static final NDManager MANAGER = TorchRuntime.start().manager().newSubManager();
    private static final float[] VALUES = {1, -2, 3};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @Test
    void an_epoch_comes_back_as_it_was_kept() {
        TensorFile last = kept().last().orElseThrow();

        assertArrayEquals(VALUES, last.tensor(MANAGER, "weight").toFloatArray());
        assertEquals(Map.of("epoch", "4"), last.metadata());
    }

    @Test
    void wherever_the_file_was_cut_off_it_is_as_good_as_none() throws IOException {
        EpochFile kept = kept();
        byte[] whole = Files.readAllBytes(kept.file());
        for (int length : new int[] {0, 31, 32, whole.length / 2, whole.length - 1}) {
            Files.write(kept.file(), Arrays.copyOf(whole, length));

            assertEquals(Optional.empty(), kept.last(), "cut off after byte " + length);
        }
    }

    @Test
    void a_weight_that_changed_on_the_disk_is_noticed() throws IOException {
        EpochFile kept = kept();
        byte[] bytes = Files.readAllBytes(kept.file());
        bytes[bytes.length - 40] ^= 1;
        Files.write(kept.file(), bytes);

        assertEquals(Optional.empty(), kept.last());
    }

    @Test
    void with_a_finished_training_goes_what_killed_processes_left_of_it() throws IOException {
        EpochFile kept = kept();
        String living = ".unit.b.1.tmp";
        Files.createFile(folder.resolve(".unit.a.1.tmp"));
        try (FileChannel held =
                        FileChannel.open(folder.resolve(living), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = held.lock()) {
            assertTrue(lock.isValid());
            ArtifactStore.removeWhole(kept.file());

            try (Stream<Path> left = Files.list(folder)) {
                assertEquals(
                        List.of(living),
                        left.map(file -> String.valueOf(file.getFileName())).toList());
            }
        }
    }

    private EpochFile kept() {
        EpochFile file = new EpochFile(folder.resolve("unit"));
        file.save(Map.of("weight", MANAGER.create(VALUES)), Map.of("epoch", "4"));
        return file;
    }
}
