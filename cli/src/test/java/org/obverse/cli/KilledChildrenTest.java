package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.UnitName;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.study.StoredStudy;

/**
 * A child, the run, or both of them, killed at random moments: the end is that of a run that nobody killed, only what was at work is begun
 * again, and no process stays. The first kill of each comes when all children are at work, so that it hits something. The property
 * {@code obverse.kills} says how many there are of each (profile {@code kills}).
 */
@EnabledOnOs(OS.LINUX)
final class KilledChildrenTest {
    private static final int KILLS = Integer.getInteger("obverse.kills", 1);
    private static final int CHILDREN = 2;
    /** For a process whose parent is gone. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private static final long GLANCE_MILLIS = 5;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    @TempDir
    private static Path folder = Path.of("");

    private static final Map<Victim, Counts> COUNTS = new EnumMap<>(Victim.class);
    private static Path plan = Path.of("");
    private static Map<String, String> whole = Map.of();
    /** How long a run goes on that nobody kills, in nanoseconds: until it has a child, and from then on. */
    private static long alone;

    private static long together;

    /** Who is killed. */
    private enum Victim {
        CHILD(1),
        RUN(CHILDREN),
        /** The run may offer what its child was at, and something else instead, before it is killed itself. */
        BOTH(CHILDREN + 1);

        /** Units that one kill can hit. */
        private final int most;

        Victim(int most) {
            this.most = most;
        }
    }

    /** What the journal of all attempts says: units that were at work at the kill, that were begun again, and that were found finished. */
    private record Course(Set<UnitName> hit, List<UnitName> again, List<UnitName> found) {}

    /** What became of kills. */
    private static final class Counts {
        private int kills;
        private int atWork;
        private int again;
        private int found;

        void add(Course course) {
            kills++;
            atWork += course.hit.isEmpty() ? 0 : 1;
            again += course.again.size();
            found += course.found.size();
        }

        @Override
        public String toString() {
            return "%d kills, of which %d hit units at work; %d units were begun again, and %d found finished"
                    .formatted(kills, atWork, again, found);
        }
    }

    @BeforeAll
    static void run_without_a_kill() throws IOException, InterruptedException {
        plan = Invocation.tinyPlan(folder);
        Path runs = folder.resolve("whole");
        long begun = System.nanoTime();
        Child run = run(runs);
        awaitChild(run);
        alone = System.nanoTime() - begun;
        assertEquals(0, run.process().waitFor(), run.err());
        together = System.nanoTime() - begun - alone;
        whole = Invocation.finished(runs.resolve("tiny"));
        assertTrue(whole.size() >= 10, whole::toString);
    }

    private static Child run(Path runs) throws IOException {
        return Child.of(
                "run",
                plan,
                "--runs",
                runs,
                "-o",
                "~execution.workers",
                "-o",
                "execution.places=[ { use: processes, count: " + CHILDREN + " } ]");
    }

    private static void awaitChild(Child run) throws InterruptedException {
        boolean over = false;
        while (!over && run.children().isEmpty()) {
            over = run.process().waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @TestFactory
    Stream<DynamicTest> a_killed_child_costs_what_it_was_at() {
        return kills(Victim.CHILD);
    }

    @TestFactory
    Stream<DynamicTest> a_killed_run_leaves_no_child_and_goes_on_behind_what_was_finished() {
        return kills(Victim.RUN);
    }

    @TestFactory
    Stream<DynamicTest> a_run_that_is_killed_with_a_child_goes_on_likewise() {
        return kills(Victim.BOTH);
    }

    private static Stream<DynamicTest> kills(Victim victim) {
        return IntStream.range(0, KILLS)
                .mapToObj(number -> DynamicTest.dynamicTest(victim + " " + number, () -> kill(victim, number)));
    }

    private static void kill(Victim victim, int number) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(number);
        Path runs = folder.resolve(victim + "-" + number);
        Child run = run(runs);
        long begun = System.nanoTime();
        if (number == 0) {
            awaitWork(run, runs.resolve("tiny/events.jsonl"));
        } else {
            awaitMoment(victim, run, random);
        }
        long moment = System.nanoTime() - begun;
        List<ProcessHandle> children = run.children();
        if (victim != Victim.RUN && !children.isEmpty()) {
            children.get(random.nextInt(children.size())).destroyForcibly();
        }
        if (victim != Victim.CHILD) {
            // By its handle, as a process that is destroyed by itself loses what it said.
            run.process().toHandle().destroyForcibly();
        }

        int code = run.process().waitFor();
        requireNoProcess(runs);
        String killed = "killed after %d ms; it said: %s".formatted(moment / 1_000_000, run.err());
        if (victim == Victim.CHILD) {
            assertEquals(0, code, killed);
        } else {
            Child next =
                    StoredStudy.isIn(runs.resolve("tiny")) ? Child.of("resume", "tiny", "--runs", runs) : run(runs);
            assertEquals(0, next.process().waitFor(), next.err());
            requireNoProcess(runs);
        }

        assertEquals(whole, Invocation.finished(runs.resolve("tiny")), killed);
        Course course = course(Journal.read(runs.resolve("tiny/events.jsonl")));
        assertTrue(course.hit.containsAll(course.again), () -> killed + course);
        assertTrue(course.hit.containsAll(course.found), () -> killed + course);
        assertTrue(course.hit.size() <= victim.most, () -> killed + course);
        assertFalse(number == 0 && course.hit.isEmpty(), () -> killed + course);
        Counts counts = COUNTS.computeIfAbsent(victim, key -> new Counts());
        counts.add(course);
        OUT.println(victim + ": " + counts);
        MoreFiles.deleteRecursively(runs, RecursiveDeleteOption.ALLOW_INSECURE);
    }

    private static void awaitMoment(Victim victim, Child run, SplittableRandom random) throws InterruptedException {
        if (victim != Victim.RUN) {
            awaitChild(run);
        }
        long moment = random.nextLong(victim == Victim.RUN ? alone + together : together);
        run.process().waitFor(moment, TimeUnit.NANOSECONDS);
    }

    /** Until each child has a unit; Java may still be reading its classes. */
    private static void awaitWork(Child run, Path journal) throws InterruptedException {
        boolean over = false;
        while (!over && (run.children().size() < CHILDREN || atWork(journal) < CHILDREN)) {
            over = run.process().waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        }
        assertFalse(over, "it ended before its children were at work");
    }

    private static long atWork(Path journal) {
        List<RunFact> facts = Journal.read(journal).facts();
        return facts.stream().filter(RunFact.Offered.class::isInstance).count()
                - facts.stream().filter(RunFact.Completed.class::isInstance).count();
    }

    /** With every unit finished once. */
    private static Course course(Journal.Reading journal) {
        assertEquals("", journal.damage());
        Course course = new Course(new HashSet<>(), new ArrayList<>(), new ArrayList<>());
        Set<UnitName> begun = new HashSet<>();
        Set<UnitName> open = new HashSet<>();
        Set<UnitName> finished = new HashSet<>();
        for (RunFact fact : journal.facts()) {
            if (fact instanceof RunFact.Planned) {
                course.hit.addAll(open);
                open.clear();
            } else if (fact instanceof RunFact.Offered e) {
                open.add(e.unit());
                if (!begun.add(e.unit())) {
                    course.again.add(e.unit());
                }
            } else if (fact instanceof RunFact.Lost e) {
                course.hit.add(e.unit());
                open.remove(e.unit());
            } else if (fact instanceof RunFact.Completed e) {
                open.remove(e.unit());
                assertTrue(finished.add(e.unit()), () -> e.unit() + " was finished twice");
            } else if (fact instanceof RunFact.Reused e) {
                course.found.add(e.unit());
                assertTrue(finished.add(e.unit()), () -> e.unit() + " was finished twice");
            }
        }
        assertEquals(Set.of(), open);
        assertEquals(whole.keySet(), finished.stream().map(UnitName::toString).collect(Collectors.toSet()));
        return course;
    }

    /** Of those whose command names the folder. */
    private static void requireNoProcess(Path runs) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE;
        List<String> there = processes(runs);
        while (!there.isEmpty() && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
            there = processes(runs);
        }
        assertEquals(List.of(), there, "processes that nobody has any more");
    }

    private static List<String> processes(Path runs) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .filter(entry -> command(entry).contains(runs.toString()))
                    .map(Path::toString)
                    .toList();
        }
    }

    /** Empty for a process that is over. */
    private static String command(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
