package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.event.Progress;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.lend.FolderWorkspace;
import org.obverse.engine.lend.Supervision;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.testkit.Workbench;

class InterruptedReadingTest {
    private static final Workbench BENCH = Workbench.of(InterruptedReadingTest.class);
    private static final int PICTURES = 500;
    private static final int RED = 70;

    @TempDir
    private Path folder = Path.of("");

    @TempDir
    private Path cache = Path.of("");

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile String last = "";

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void write() throws IOException {
        new Album(folder).picture("faces/0.png", RED);
        for (int i = 1; i < PICTURES; i++) {
            Files.createLink(folder.resolve("faces/" + i + ".png"), folder.resolve("faces/0.png"));
        }
        Ticks.pass(folder);
    }

    @Test
    void decoding_ends_and_leaves_nothing_half_written_but_the_hashes() throws IOException {
        Pack interrupted = pack("decoding .*: 3/500");

        assertThrows(CancelledException.class, () -> interrupted.copy(0, new byte[48]));

        assertTrue(last.matches("decoding .*/faces at 4x4: \\d+/500"), last);
        assertEquals(List.of(), files("decoded-images"));
        assertEquals(PICTURES, hashes().size());
        cancelled.set(false);
        byte[] image = new byte[48];
        pack("nothing").copy(PICTURES - 1, image);
        assertEquals(RED, image[0]);
        assertEquals(1, files("decoded-images").size());
    }

    @Test
    void hashing_ends_and_does_not_hash_again_what_it_has_hashed() throws IOException {
        Pack interrupted = pack("hashing .*: 3/500");

        assertThrows(CancelledException.class, interrupted::files);

        List<String> hashed = hashes();
        assertTrue(hashed.size() >= 3 && hashed.size() < PICTURES, hashed.size() + " are hashed");
        String first = hashed.get(0).split("\t", 4)[3];
        String mark = "0".repeat(64);
        believe(first, mark);
        cancelled.set(false);
        assertEquals(
                List.of(mark),
                pack("nothing").files().stream()
                        .filter(file -> file.path().equals(first))
                        .map(DataFile::sha256)
                        .toList());
    }

    /** Gives a file another hash in the book, which tells whether it is hashed again. */
    private void believe(String name, String sha256) throws IOException {
        List<String> lines = hashes().stream()
                .map(line -> line.endsWith("\t" + name) ? sha256 + line.substring(64) : line)
                .toList();
        String text = String.join("\n", lines) + "\n";
        Files.writeString(files("file-hashes").get(0), text + Sha256.of(text) + "\n");
    }

    /** All pictures, until something is said. */
    private Pack pack(String said) {
        Supervision supervision = new Supervision(cancelled, progress -> {
            last = ((Progress.OfTask) progress).task() + ": " + progress.done() + "/" + progress.total();
            if (last.matches(said)) {
                cancelled.set(true);
            }
        });
        FolderWorkspace workspace = new FolderWorkspace(
                TorchRuntime.start(), BENCH.manager(), folder, cache, getClass().getClassLoader(), supervision);
        Place place = new Place("folder", folder.resolve("faces"));
        List<Source> sources = new Walk(place)
                .pictures(place.folder()).stream().map(place::source).toList();
        return new Pack(place, sources, new Framing(0, 4, Framing.Fit.SHORTER_SIDE, 3), workspace);
    }

    private List<String> hashes() throws IOException {
        List<Path> books = files("file-hashes");
        assertEquals(1, books.size());
        List<String> lines = Files.readAllLines(books.get(0));
        return lines.subList(0, lines.size() - 1);
    }

    private List<Path> files(String name) {
        try (Stream<Path> files = Files.list(cache.resolve(name))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
