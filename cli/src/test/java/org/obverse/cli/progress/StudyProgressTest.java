package org.obverse.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunView;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.drive.LiveRun;

final class StudyProgressTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_stage_shows_classes_rate_and_time_left_over_all_its_units() {
        Stretch stretch = new Stretch("optimize");
        UnitName first = new UnitName("optimize", 0, List.of(0, 1, 2, 3));
        UnitName second = new UnitName("optimize", 1, List.of(4, 5, 6, 7));
        stretch.add(first);
        stretch.add(second);
        stretch.begin(first, 0);
        stretch.progress(new Progress.OfUnit(first, 400, 400, Map.of("loss", 0.5)));
        stretch.settle(first);
        stretch.progress(new Progress.OfUnit(second, 200, 400, Map.of("loss", 0.25)));

        // Three quarters in 30 seconds: 600 images of 800, hence 20 a second and 10 seconds left.
        assertEquals("optimize 6/8 classes, loss 0.250, 20 images/s, 0:10 left", stretch.text(30 * SECOND));
    }

    @Test
    void what_was_there_before_says_nothing_of_how_long_the_rest_takes() {
        Stretch stretch = new Stretch("optimize");
        UnitName reused = new UnitName("optimize", 0, List.of(0, 1));
        UnitName first = new UnitName("optimize", 1, List.of(2, 3));
        stretch.add(reused);
        stretch.add(first);
        stretch.settle(reused);
        stretch.begin(first, 0);
        stretch.progress(new Progress.OfUnit(first, 100, 400, Map.of()));

        assertEquals("optimize 2/4 classes, 3 images/s, 1:30 left", stretch.text(30 * SECOND));
    }

    @Test
    void a_training_shows_its_epochs() {
        Stretch stretch = new Stretch("target");
        UnitName target = new UnitName("target", 0, List.of());
        stretch.add(target);
        stretch.begin(target, 0);
        stretch.progress(new Progress.OfUnit(target, 20, 80, Map.of("loss", 1.5)));

        assertEquals("target/0 20/80, loss 1.500, 1:00 left", stretch.text(20 * SECOND));
    }

    @Test
    void of_several_metrics_the_one_that_is_measured_is_shown() {
        Stretch stretch = new Stretch("metric");
        UnitName first = new UnitName("metric", 0, List.of());
        UnitName second = new UnitName("metric", 1, List.of());
        stretch.add(first);
        stretch.add(second);
        stretch.begin(first, 0);
        stretch.progress(new Progress.OfUnit(first, 1, 1, Map.of("loss", 1.5)));
        stretch.settle(first);
        stretch.begin(second, SECOND);
        stretch.progress(new Progress.OfUnit(second, 1, 2, Map.of()));

        assertEquals("metric/1 1/2", stretch.text(20 * SECOND));
    }

    @Test
    void a_unit_whose_process_was_lost_is_told_and_begins_anew() {
        StringWriter out = new StringWriter();
        AtomicLong clock = new AtomicLong(0);
        UnitName target = new UnitName("target", 0, List.of());
        RunView run = new LiveRun("study", Path.of("runs/study"), new ArtifactStore(Path.of("runs/objects")));
        try (StudyProgress progress = new StudyProgress(new Screen.Log(new PrintWriter(out)), clock::get)) {
            progress.offered(new RunFact.Offered(target), run);
            progress.progressed(new Progress.OfUnit(target, 40, 80, Map.of()), run);
            progress.lost(new RunFact.Lost(target, "its process ended with exit code 137"), run);
            assertEquals(List.of(), progress.working());

            progress.offered(new RunFact.Offered(target), run);
            assertEquals(List.of("target/0"), progress.working());
        }

        assertTrue(out.toString().contains("target/0 lost: its process ended with exit code 137"), out.toString());
    }

    @Test
    void the_time_left_of_the_study_is_told_as_soon_as_units_were_timed() {
        StringWriter out = new StringWriter();
        AtomicLong clock = new AtomicLong(0);
        UnitName target = new UnitName("target", 0, List.of());
        UnitName first = new UnitName("optimize", 0, List.of(0));
        UnitName second = new UnitName("optimize", 1, List.of(1));
        UnitName metric = new UnitName("metric", 0, List.of());
        RunView run = new LiveRun("study", Path.of("runs/study"), new ArtifactStore(Path.of("runs/objects")));
        Progress half = new Progress.OfUnit(target, 40, 80, Map.of());
        try (StudyProgress progress = new StudyProgress(new Screen.Log(new PrintWriter(out)), clock::get)) {
            progress.planned(
                    new RunFact.Planned(List.of(
                            new RunFact.PlannedUnit(target, "training", List.of()),
                            new RunFact.PlannedUnit(first, "adam", List.of(target)),
                            new RunFact.PlannedUnit(second, "adam", List.of(target)),
                            new RunFact.PlannedUnit(metric, "accuracy", List.of(first, second)))),
                    run);
            progress.offered(new RunFact.Offered(target), run);
            progress.progressed(new Progress.OfUnit(target, 0, 80, Map.of()), run);
            clock.set(20 * SECOND);
            progress.progressed(half, run);
            clock.set(40 * SECOND);
            progress.completed(new RunFact.Completed(target, "d", "a", Summary.NONE), run);
            progress.offered(new RunFact.Offered(first), run);
            clock.set(60 * SECOND);
            progress.progressed(new Progress.OfUnit(first, 50, 100, Map.of()), run);
            progress.failed(new RunFact.Failed(first, "it broke"), run);
            progress.offered(new RunFact.Offered(second), run);
            clock.set(80 * SECOND);
            progress.progressed(new Progress.OfUnit(second, 50, 100, Map.of()), run);
        }

        List<String> states =
                out.toString().lines().filter(line -> line.contains("/")).toList();
        assertEquals(
                List.of(
                        // Nothing was timed yet, and then half of the target; who knows what the attack takes.
                        "   0:20  more than 0:20 left of the study | target/0 40/80, 0:20 left",
                        "   0:40    target/0 done in 0:40",
                        // Half of the first in 20 seconds: 20 for the rest, 40 for the second, and a metric.
                        "   1:00  more than 1:00 left of the study | optimize 0/2 classes, 3 images/s, 1:00 left",
                        "   1:00    optimize/0 failed",
                        // The metric cannot be reached any more, so that one unit is left.
                        "   1:20  optimize 1/2 classes, 3 images/s, 0:13 left"),
                states);
    }

    @Test
    void work_on_many_files_is_shown_when_it_begins_and_then_as_often_as_the_screen_bears() {
        StringWriter out = new StringWriter();
        AtomicLong clock = new AtomicLong(100 * SECOND);
        try (StudyProgress progress = new StudyProgress(new Screen.Log(new PrintWriter(out)), clock::get)) {
            work(progress, "hashing faces", 1, 43_147);
            clock.addAndGet(14 * SECOND);
            work(progress, "hashing faces", 30_000, 43_147);
            clock.addAndGet(2 * SECOND);
            work(progress, "hashing faces", 32_000, 43_147);
            work(progress, "decoding faces", 1, 43_147);
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
            work(progress, "hashing faces", 1, 2);
            work(progress, "hashing faces", 2, 2);
            work(progress, "decoding faces", 1, 2);
        }

        assertEquals(
                List.of("   0:00  hashing faces: 1 of 2", "   0:00  decoding faces: 1 of 2"),
                out.toString().lines().toList());
    }

    @Test
    void a_terminal_redraws_one_line_and_cuts_it_at_the_edge() {
        StringWriter out = new StringWriter();
        Screen.Terminal terminal = new Screen.Terminal(new PrintWriter(out), () -> 10);

        terminal.state("0123456789");
        terminal.line("done");

        assertEquals("\r\u001b[K01234567…\r\u001b[Kdone" + System.lineSeparator(), out.toString());
    }

    @Test
    void a_terminal_is_asked_for_its_width_before_each_state() {
        StringWriter out = new StringWriter();
        AtomicInteger width = new AtomicInteger(10);
        Screen.Terminal terminal = new Screen.Terminal(new PrintWriter(out), width::get);

        terminal.state("0123456789");
        width.set(6);
        terminal.state("0123456789");

        assertEquals("\r\u001b[K01234567…\r\u001b[K0123…", out.toString());
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

    private static void work(StudyProgress progress, String task, long done, long total) {
        RunView run = new LiveRun("faces", Path.of("runs"), new ArtifactStore(Path.of("objects")));
        progress.progressed(new Progress.OfTask(task, done, total), run);
    }
}
