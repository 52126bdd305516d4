package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RoomTest {
    private static final Path PICTURES = Path.of("src/test/resources/pictures");

    @Test
    void what_can_never_be_had_is_refused_before_it_is_taken() {
        UnreadablePictureException refusal = assertThrows(
                UnreadablePictureException.class, () -> new Room(100 << 20).within(101L << 20, () -> "nothing"));

        assertEquals("takes 101 MB to decode, more than the 100 MB that Java has for it", refusal.getMessage());
        assertTrue(refusal.wayOut().contains("OBVERSE_HEAP="), refusal.wayOut());
    }

    @Test
    void no_more_is_taken_at_a_time_than_there_is() throws Exception {
        Room room = new Room(100);
        AtomicLong taken = new AtomicLong();
        AtomicLong most = new AtomicLong();
        List<Callable<Integer>> works = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int bytes = 1 + i % 100;
            works.add(() -> room.within(bytes, () -> {
                most.accumulateAndGet(taken.addAndGet(bytes), Math::max);
                taken.addAndGet(-bytes);
                return bytes;
            }));
        }
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            int sum = 0;
            for (Future<Integer> done : pool.invokeAll(works)) {
                sum += done.get();
            }
            assertEquals(4 * 5050, sum);
            assertTrue(most.get() <= 100, most + " were taken");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void room_is_given_back_when_the_work_fails() throws Exception {
        Room room = new Room(10);
        assertThrows(
                UnreadablePictureException.class,
                () -> room.within(10, () -> {
                    throw new UnreadablePictureException("is damaged", "");
                }));

        assertEquals("done", room.within(10, () -> "done"));
    }

    /** 26 x 18 pixels, in memory as they are stored, in three bytes, and turned. */
    @Test
    void a_picture_takes_its_file_twice_and_its_pixels_three_times() throws Exception {
        int pixels = PictureReader.read(Files.readAllBytes(PICTURES.resolve("colour.png")))
                        .width()
                * PictureReader.read(Files.readAllBytes(PICTURES.resolve("colour.png")))
                        .height();
        for (String name : List.of("colour.png", "colour.jpg", "cmyk.jpg", "colour.tif", "colour.bmp", "palette.gif")) {
            Path file = PICTURES.resolve(name);
            assertEquals(2 * Files.size(file) + 10L * pixels, PictureReader.memory(file), name);
        }
        assertEquals(
                2 * Files.size(PICTURES.resolve("colour-16.png")) + 14L * pixels,
                PictureReader.memory(PICTURES.resolve("colour-16.png")));
    }
}
