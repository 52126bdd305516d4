package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.study.StudyFolder;

/** Runs whose units are performed by processes of their own. */
final class ChildProcessesTest {
    private static final String TWO = "execution.places=[ { use: processes, count: 2 } ]";
    /** Nothing keeps a plan from naming two equal places. */
    private static final String TWICE_ONE =
            "execution.places=[ { use: processes, count: 1 }, { use: processes, count: 1 } ]";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_artifacts_are_those_of_threads_also_after_a_child_and_then_the_run_were_killed()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path plan = Invocation.tinyPlan(folder);
        Invocation threads = Invocation.of("run", plan, "--runs", folder.resolve("threads"));
        assertEquals(0, threads.code(), threads.err());
        Map<String, String> expected = Invocation.finished(folder.resolve("threads/tiny"));

        Child run =
                Child.of("run", plan, "--runs", folder.resolve("runs"), "-o", "~execution.workers", "-o", TWICE_ONE);
        run.await("data/0 done");
        assertEquals(2, children(run).size());
        children(run).get(0).destroyForcibly();
        run.await("target/0 done");
        List<ProcessHandle> children = children(run);
        assertTrue(!children.isEmpty(), "there is no child");
        run.kill();
        for (ProcessHandle child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }

        Child resumed = Child.of("resume", "tiny", "--runs", folder.resolve("runs"));

        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(expected, Invocation.finished(folder.resolve("runs/tiny")));
    }

    private static List<ProcessHandle> children(Child run) {
        return run.process().toHandle().descendants().toList();
    }

    @ParameterizedTest
    @CsvSource({
        "exit, its process ended with exit code 3, 0",
        "crash, native code crashed its process (SIGSEGV (0xb) at pc=, 3"
    })
    void a_plugin_that_ends_its_process_costs_its_unit_and_what_reads_it(String fault, String reason, int reports)
            throws IOException, InterruptedException {
        Path plugins = folder.resolve("plugins");
        FaultyJar.write(plugins, "measure-1 " + fault);
        Path plan = Files.writeString(
                folder.resolve("plan.yaml"),
                RuntimeFaultsTest.PLAN + "study: { axes: { metrics.0.variant: [ 0, 1 ] } }\n");
        List<Path> before = crashes(Path.of(""));

        Child run = Child.of(
                "run",
                plan,
                "--plugins",
                plugins,
                "--runs",
                folder.resolve("runs"),
                "-o",
                "~execution.workers",
                "-o",
                TWO);
        CompletableFuture<String> errors = errors(run);
        run.await("target/0 done");
        List<ProcessHandle> children = children(run);
        int code = run.code();
        String said = errors.join();

        assertEquals(5, code, said);
        assertTrue(
                said.contains(" was begun 3 times, and each time what performed it was lost; the last time " + reason),
                said);
        Path study = folder.resolve("runs/faulty");
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
    void ctrl_c_ends_the_children_at_their_next_checkpoint() throws IOException, InterruptedException {
        Child run = Child.of(
                "run",
                Invocation.tinyPlan(folder),
                "--runs",
                folder.resolve("runs"),
                "-o",
                "~execution.workers",
                "-o",
                TWO,
                "-o",
                "target.training.epochs=5000");
        run.await("target/0 ");

        run.signal("TERM");

        int code = run.process().waitFor();
        assertEquals(143, code, run.err());
        assertEquals(List.of(), children(run));
    }
}
