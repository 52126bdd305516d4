package org.obverse.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.obverse.engine.run.Slot;
import org.obverse.engine.run.Unit;

final class StudyProgressTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_stage_shows_classes_rate_and_time_left_over_all_its_units() {
        Stretch stretch = new Stretch(Slot.OPTIMIZE);
        Unit first = unit("optimize/0", List.of(0, 1, 2, 3));
        Unit second = unit("optimize/1", List.of(4, 5, 6, 7));
        stretch.add(first);
        stretch.add(second);
        stretch.begin("optimize/0", 0);
        stretch.progress(first, 400, 400, Map.of("loss", 0.5));
        stretch.finish("optimize/0");
        stretch.progress(second, 200, 400, Map.of("loss", 0.25));

        // Three quarters in 30 seconds: 600 images of 800, hence 20 a second and 10 seconds left.
        assertEquals("optimize 6/8 classes, loss 0.250, 20 images/s, 0:10 left", stretch.text(30 * SECOND));
    }

    @Test
    void a_training_shows_its_epochs() {
        Stretch stretch = new Stretch(Slot.TARGET);
        Unit target = unit("target", List.of());
        stretch.add(target);
        stretch.begin("target", 0);
        stretch.progress(target, 20, 80, Map.of("loss", 1.5));

        assertEquals("target 20/80, loss 1.500, 1:00 left", stretch.text(20 * SECOND));
    }

    @Test
    void of_several_metrics_the_one_that_is_measured_is_shown() {
        Stretch stretch = new Stretch(Slot.METRIC);
        Unit first = unit("metric/first", List.of());
        Unit second = unit("metric/second", List.of());
        stretch.add(first);
        stretch.add(second);
        stretch.begin("metric/first", 0);
        stretch.progress(first, 1, 1, Map.of("loss", 1.5));
        stretch.finish("metric/first");
        stretch.begin("metric/second", SECOND);
        stretch.progress(second, 1, 2, Map.of());

        assertEquals("metric/second 1/2", stretch.text(20 * SECOND));
    }

    @Test
    void work_on_many_files_is_shown_when_it_begins_and_then_as_often_as_the_screen_bears() {
        StringWriter out = new StringWriter();
        AtomicLong clock = new AtomicLong(100 * SECOND);
        try (StudyProgress progress = new StudyProgress(new Screen.Log(new PrintWriter(out)), clock::get)) {
            progress.worked("hashing faces", 1, 43_147);
            clock.addAndGet(14 * SECOND);
            progress.worked("hashing faces", 30_000, 43_147);
            clock.addAndGet(2 * SECOND);
            progress.worked("hashing faces", 32_000, 43_147);
            progress.worked("decoding faces", 1, 43_147);
        }

        // 32000 in 16 seconds: 2000 a second, hence 5.6 seconds for 11147.
        assertEquals(
                List.of(
                        "   0:00  hashing faces: 1 of 43,147",
                        "   0:16  hashing faces: 32,000 of 43,147, 0:06 left",
                        "   0:16  hashing faces: 32,000 of 43,147, 0:06 left | decoding faces: 1 of 43,147"),
                out.toString().lines().toList());
    }

    @Test
    void work_that_is_done_is_shown_no_longer() {
        StringWriter out = new StringWriter();
        try (StudyProgress progress = new StudyProgress(new Screen.Log(new PrintWriter(out)), () -> 0)) {
            progress.worked("hashing faces", 1, 2);
            progress.worked("hashing faces", 2, 2);
            progress.worked("decoding faces", 1, 2);
        }

        assertEquals(
                List.of("   0:00  hashing faces: 1 of 2", "   0:00  decoding faces: 1 of 2"),
                out.toString().lines().toList());
    }

    @Test
    void a_terminal_redraws_one_line_and_cuts_it_at_the_edge() {
        StringWriter out = new StringWriter();
        Screen.Terminal terminal = new Screen.Terminal(new PrintWriter(out), 10);

        terminal.state("0123456789");
        terminal.line("done");

        assertEquals("\r\u001b[K01234567…\r\u001b[Kdone" + System.lineSeparator(), out.toString());
    }

    @Test
    void a_log_has_neither_carriage_returns_nor_escapes() {
        StringWriter out = new StringWriter();
        Screen.Log log = new Screen.Log(new PrintWriter(out));

        log.line("begun");
        log.state("half");
        log.clear();

        assertEquals(List.of("begun", "half"), out.toString().lines().toList());
        assertTrue(out.toString().chars().noneMatch(c -> c == 27 || c == '\r'));
    }

    @Test
    void times_are_clocks() {
        assertEquals("1:07", Figures.clock(67));
        assertEquals("2:01:07", Figures.clock(7267));
        assertEquals("0.250", Figures.shortest(0.25));
        assertEquals("-12.5", Figures.shortest(-12.5));
        assertEquals("312", Figures.shortest(312.4));
        assertEquals("1.0e-04", Figures.shortest(1e-4));
    }

    private static Unit unit(String id, List<Integer> classes) {
        return new Unit(id, Slot.OPTIMIZE, "any", List.of(), "", 1, classes, "", List.of());
    }
}
