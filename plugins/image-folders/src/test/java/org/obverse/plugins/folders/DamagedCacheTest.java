package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Workspace;
import org.obverse.testkit.Workbench;

/** What is kept between runs is believed only as long as it is what was written. */
final class DamagedCacheTest {
    private static final Workbench BENCH = Workbench.of(DamagedCacheTest.class);
    private static final Framing SMALL = new Framing(0, 4, Framing.Fit.SHORTER_SIDE, 3);
    private static final int PICTURES = 3;
    private static final int IMAGE_BYTES = 3 * 4 * 4;

    @TempDir
    private Path folder = Path.of("");

    @TempDir
    private Path cache = Path.of("");

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @BeforeEach
    void write() throws IOException {
        new Album(folder).person("p", PICTURES, 100);
        Ticks.pass(folder);
    }

    private Pack pack() {
        Place place = new Place("folder", folder);
        List<Source> sources =
                new Walk(place).pictures(folder).stream().map(place::source).toList();
        return new Pack(place, sources, SMALL, new OwnCache(BENCH.workspace(), cache));
    }

    /** The bench's workspace with a cache of the test's own. */
    private record OwnCache(Workspace bench, Path cache) implements Workspace {
        @Override
        public Path path(String location) {
            return bench.path(location);
        }

        @Override
        public <T, R> List<R> map(String task, List<T> items, Function<T, R> work) {
            return bench.map(task, items, work);
        }
    }

    private static byte[] image(Pack pack, int index) {
        byte[] image = new byte[IMAGE_BYTES];
        pack.copy(index, image);
        return image;
    }

    private static List<String> hashes(Pack pack) {
        return pack.files().stream().map(DataFile::sha256).toList();
    }

    private Path kept(String name) {
        try (Stream<Path> files = Files.list(cache.resolve(name))) {
            List<Path> all = files.toList();
            assertEquals(1, all.size());
            return all.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int old = bytes.read();
            bytes.seek(at);
            bytes.write(old ^ 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, IMAGE_BYTES + 7, PICTURES * IMAGE_BYTES - 1, PICTURES * IMAGE_BYTES + 5})
    void a_bit_of_the_decoded_images_that_changed_is_seen_and_they_are_decoded_again(int at) throws IOException {
        byte[] expected = image(pack(), 0);
        byte[] second = image(pack(), 1);
        byte[] whole = Files.readAllBytes(kept("decoded-images"));
        flip(kept("decoded-images"), at);

        Pack opened = pack();
        for (int i = PICTURES - 1; i >= 0; i--) {
            assertArrayEquals(i == 0 ? expected : i == 1 ? second : image(opened, 2), image(opened, i));
        }
        assertArrayEquals(whole, Files.readAllBytes(kept("decoded-images")));
    }

    @Test
    void damage_while_they_are_in_use_is_seen_too() throws IOException {
        Pack opened = pack();
        byte[] expected = image(opened, 1);
        flip(kept("decoded-images"), IMAGE_BYTES + 3);

        assertArrayEquals(expected, image(opened, 1));
        assertArrayEquals(expected, image(pack(), 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, IMAGE_BYTES, PICTURES * IMAGE_BYTES, PICTURES * (IMAGE_BYTES + 4) + 1})
    void decoded_images_of_another_length_are_made_again(int length) throws IOException {
        byte[] expected = image(pack(), 1);
        try (RandomAccessFile file = new RandomAccessFile(kept("decoded-images").toFile(), "rw")) {
            file.setLength(length);
        }

        assertArrayEquals(expected, image(pack(), 1));
    }

    @Test
    void a_picture_of_the_same_length_and_time_but_other_contents_is_seen() throws IOException {
        List<String> before = hashes(pack());
        Path picture = folder.resolve("p/1.png");
        FileTime modified = Files.getLastModifiedTime(picture);
        byte[] bytes = Files.readAllBytes(picture);
        bytes[bytes.length - 1] ^= 1;
        Files.write(picture, bytes);
        Files.setLastModifiedTime(picture, modified);

        List<String> after = hashes(pack());

        assertEquals(List.of(before.get(0), Sha256.of(bytes), before.get(2)), after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "garbage", "\u0000\u0001", "a\tb\tc\td\n", "\uFEFF"})
    void a_book_of_hashes_with_anything_in_front_is_made_again(String garbage) throws IOException {
        List<String> expected = hashes(pack());
        String whole = Files.readString(kept("file-hashes"));
        Files.writeString(kept("file-hashes"), garbage + whole.substring(garbage.isEmpty() ? 40 : 0));

        assertEquals(expected, hashes(pack()));
        assertEquals(whole, Files.readString(kept("file-hashes")));
    }

    @Test
    void a_book_of_hashes_that_is_no_text_is_cut_off_or_lies_is_made_again() throws IOException {
        List<String> expected = hashes(pack());
        Path book = kept("file-hashes");
        byte[] whole = Files.readAllBytes(book);
        for (int at = 0; at < whole.length; at += 37) {
            flip(book, at);
            assertEquals(expected, hashes(pack()), "a bit at " + at);
            Files.write(book, Arrays.copyOf(whole, at));
            assertEquals(expected, hashes(pack()), "cut off at " + at);
        }
        Files.write(book, "é".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(expected, hashes(pack()));
    }

    @Test
    void a_picture_that_changed_since_it_was_hashed_is_not_decoded_under_the_old_hash() throws IOException {
        Pack opened = pack();
        opened.files();
        new Album(folder).picture("p/1.png", 7);

        String refusal = String.valueOf(assertThrows(InvalidConfigurationException.class, () -> image(opened, 0))
                .getMessage());

        assertTrue(refusal.contains("p/1.png changed since the folder was looked through"), refusal);
    }
}
