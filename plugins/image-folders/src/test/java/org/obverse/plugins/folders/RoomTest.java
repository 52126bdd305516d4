package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RoomTest {
    private static final Path PICTURES = Path.of("target/test-classes/pictures");

    @Test
    void what_can_never_be_had_is_refused_before_it_is_taken() {
        UnreadablePictureException refusal = assertThrows(
                UnreadablePictureException.class, () -> new Room(100 << 20).within(101L << 20, () -> "nothing"));

        assertEquals("takes 101 MB to decode, more than the 100 MB that Java has for it", refusal.getMessage());
        assertTrue(refusal.wayOut().contains("OBVERSE_HEAP="), refusal.wayOut());
    }

    @Test
    void who_finds_no_room_waits_until_it_is_given_back() throws Exception {
        Room room = new Room(100);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> done = new CopyOnWriteArrayList<>();
        Thread first = new Thread(() -> within(room, 60, () -> {
            held.countDown();
            await(release);
            done.add("first");
        }));
        Thread second = new Thread(() -> within(room, 41, () -> done.add("second")));
        first.start();
        await(held);
        second.start();
        within(room, 40, () -> done.add("beside the first"));
        while (second.getState() != Thread.State.WAITING && second.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
        release.countDown();
        first.join();
        second.join();

        assertEquals(List.of("beside the first", "first", "second"), done);
    }

    private static void within(Room room, long bytes, Runnable work) {
        try {
            room.within(bytes, () -> {
                work.run();
                return bytes;
            });
        } catch (UnreadablePictureException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
