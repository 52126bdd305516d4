package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.api.event.RunFact;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.study.StudyFolder;

/** Runs whose units are performed by processes of their own. */
final class ChildProcessesTest {
    private static final String WITHOUT_WORKERS = "~execution.workers";
    private static final String ONE = "execution.places=[ { use: processes, count: 1 } ]";
    private static final String TWO = "execution.places=[ { use: processes, count: 2 } ]";
    /** Nothing keeps a plan from naming two equal places. */
    private static final String TWICE_ONE =
            "execution.places=[ { use: processes, count: 1 }, { use: processes, count: 1 } ]";

    /** Nobody waits for so many. */
    private static final String LONG = "target.training.epochs=5000";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_artifacts_are_those_of_threads_also_after_a_child_and_then_the_run_were_killed()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path plan = Invocation.tinyPlan(folder);
        Invocation threads = Invocation.of("run", plan, "--runs", folder.resolve("threads"));
        assertEquals(0, threads.code(), threads.err());
        Map<String, String> expected = Invocation.finished(folder.resolve("threads/tiny"));

        Child run = Child.of("run", plan, "--runs", runs(), "-o", WITHOUT_WORKERS, "-o", TWICE_ONE);
        run.await("data/0 done");
        assertEquals(2, run.children().size());
        run.children().get(0).destroyForcibly();
        run.await("target/0 done");
        List<ProcessHandle> children = run.children();
        assertTrue(!children.isEmpty(), "there is no child");
        run.kill();
        requireEnd(children);

        Child resumed = Child.of("resume", "tiny", "--runs", runs());

        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(expected, Invocation.finished(runs().resolve("tiny")));
    }

    @ParameterizedTest
    @CsvSource({
        "exit, its process ended with exit code 3, 0",
        "heap, its process ran out of memory (Java heap space); OBVERSE_HEAP=4g gives each process more, 0",
        "crash, native code crashed its process (SIGSEGV (0xb) at pc=, 3"
    })
    void a_plugin_that_ends_its_process_costs_its_unit_and_what_reads_it(String fault, String reason, int reports)
            throws IOException, InterruptedException {
        Path plugins = folder.resolve("plugins");
        FaultyJar.write(plugins, "measure-1 " + fault);
        List<Path> before = crashes(Path.of(""));

        Child run =
                Child.of("run", faultyPlan(), "--plugins", plugins, "--runs", runs(), "-o", WITHOUT_WORKERS, "-o", TWO);
        CompletableFuture<String> errors = errors(run);
        run.await("target/0 done");
        List<ProcessHandle> children = run.children();
        int code = run.code();
        String said = errors.join();

        assertEquals(5, code, said);
        assertTrue(
                said.contains(" was begun 3 times, and each time what performed it was lost; the last time " + reason),
                said);
        Path study = runs().resolve("faulty");
        Set<String> finished = finished(study);
        assertTrue(finished.containsAll(List.of("gallery/0", "metric/0")), said);
        assertFalse(finished.contains("metric/1"), said);
        for (ProcessHandle child : children) {
            child.onExit().join();
        }
        List<Path> written = crashes(study);
        assertEquals(reports, written.size(), said);
        assertEquals(reports > 0, written.stream().anyMatch(report -> said.contains("report is " + report)), said);
        assertEquals(before, crashes(Path.of("")), "a report lies where the program was started");
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    /** Two cells whose metric can fail in one of them. */
    private Path faultyPlan() throws IOException {
        return Files.writeString(
                folder.resolve("plan.yaml"),
                RuntimeFaultsTest.PLAN + "study: { axes: { metrics.0.variant: [ 0, 1 ] } }\n");
    }

    /** The units of all cells. */
    private static Set<String> finished(Path study) throws IOException {
        Set<String> finished = new TreeSet<>();
        try (Stream<Path> cells = Files.list(study.resolve("cells"))) {
            cells.map(cell -> cell.getFileName().toString().replace(".yaml", ""))
                    .forEach(cell -> finished.addAll(
                            RunRecord.artifacts(new StudyFolder(study), cell).keySet()));
        }
        return finished;
    }

    /** Read as they come, as a crash says more than a pipe holds. */
    private static CompletableFuture<String> errors(Child run) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run.err();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static List<Path> crashes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.toAbsolutePath())) {
            return files.filter(file -> file.getFileName().toString().matches("(hs_err_pid|crash-|core).*"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_cluster_that_is_not_here_is_a_problem_of_the_plan_before_anything_is_written()
            throws IOException, InterruptedException {
        Path runs = folder.resolve("runs");
        Child run = Child.of(
                Map.of("PATH", folder.toString(), "SPARK_HOME", folder.toString()),
                "run",
                Invocation.tinyPlan(folder),
                "--runs",
                runs,
                "-o",
                "~execution.workers",
                "-o",
                "execution.places=[slurm, spark]");
        String err = run.err();

        assertEquals(2, run.code(), err);
        assertTrue(err.contains("2 problems"), err);
        assertTrue(err.contains("execution.places.0: slurm submits jobs, and there is no sbatch here"), err);
        assertTrue(err.contains("execution.places.1: spark begins its application by spark-submit, and there is"), err);
        assertFalse(Files.exists(runs), err);
    }

    @Test
    void an_array_that_no_device_holds_costs_its_unit_and_its_process_goes_on()
            throws IOException, InterruptedException {
        Path plugins = folder.resolve("plugins");
        FaultyJar.write(plugins, "measure-0 device");

        Child run =
                Child.of("run", faultyPlan(), "--plugins", plugins, "--runs", runs(), "-o", WITHOUT_WORKERS, "-o", ONE);

        int code = run.code();
        String said = run.err();
        assertEquals(3, code, said);
        assertTrue(said.contains("can't allocate memory"), said);
        List<String> told = told("faulty");
        assertTrue(told.stream().noneMatch(fact -> fact.startsWith("lost ")), told::toString);
        assertTrue(told.contains("failed metric/0"), told::toString);
        assertTrue(told.indexOf("failed metric/0") < told.indexOf("completed metric/1"), told::toString);
    }

    @Test
    void what_children_tell_of_their_work_is_shown() throws IOException, InterruptedException {
        Child run = Child.of(
                "run", Invocation.tinyPlan(folder), "--runs", runs(), "-o", WITHOUT_WORKERS, "-o", TWO, "-o", LONG);

        run.await(Pattern.compile("target/0 \\d+/5000"));
        run.kill();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void a_signal_ends_the_children_at_their_next_checkpoint(String signal, int code)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Child run = Child.of(
                "run", Invocation.tinyPlan(folder), "--runs", runs(), "-o", WITHOUT_WORKERS, "-o", TWO, "-o", LONG);
        run.await("data/0 done");
        awaitOffered("tiny", "target/0");
        List<ProcessHandle> children = run.children();
        assertFalse(children.isEmpty(), "there is no child");

        run.signal(signal);

        assertEquals(code, run.code());
        String said = run.err();
        assertTrue(said.contains("Interrupted. Go on with: obverse resume tiny"), said);
        requireEnd(children);
    }

    @Test
    void a_second_ctrl_c_ends_the_run_and_a_child_that_reaches_no_checkpoint_at_once()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path plugins = folder.resolve("plugins");
        FaultyJar.write(plugins, "optimize endless");
        Child run =
                Child.of("run", faultyPlan(), "--plugins", plugins, "--runs", runs(), "-o", WITHOUT_WORKERS, "-o", TWO);
        run.await("target/0 done");
        awaitOffered("faulty", "optimize/0");
        List<ProcessHandle> children = run.children();
        assertFalse(children.isEmpty(), "there is no child");
        List<ProcessHandle> group = Stream.concat(Stream.of(run.process().toHandle()), children.stream())
                .toList();

        Child.signal("INT", group);
        run.awaitError("Stopping at the next checkpoint of optimize/0");
        long began = System.nanoTime();
        Child.signal("INT", group);

        assertEquals(130, run.code());
        requireEnd(children);
        assertTrue(System.nanoTime() - began < 20_000_000_000L, "it waited");
    }

    private static void requireEnd(List<ProcessHandle> children)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (ProcessHandle child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    /** The journal says it before the unit is begun. */
    private void awaitOffered(String run, String unit) {
        while (!told(run).contains("offered " + unit)) {
            Thread.onSpinWait();
        }
    }

    /** What the journal of a run says of units, in its order, such as {@code completed metric/1}. */
    private List<String> told(String run) {
        List<String> told = new ArrayList<>();
        for (RunFact fact :
                Journal.read(runs().resolve(run).resolve("events.jsonl")).facts()) {
            if (fact instanceof RunFact.Offered e) {
                told.add("offered " + e.unit());
            } else if (fact instanceof RunFact.Completed e) {
                told.add("completed " + e.unit());
            } else if (fact instanceof RunFact.Lost e) {
                told.add("lost " + e.unit());
            } else if (fact instanceof RunFact.Failed e) {
                told.add("failed " + e.unit());
            }
        }
        return told;
    }
}
