package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void a_plugin_that_ends_its_process_costs_its_unit_and_what_reads_it() throws IOException, InterruptedException {
        Path plugins = folder.resolve("plugins");
        Path jar = FaultyJar.write(plugins, "measure exit");
        Path plan = Files.writeString(folder.resolve("plan.yaml"), RuntimeFaultsTest.PLAN);

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

        int code = run.code();
        String said = run.err();
        assertEquals(5, code, said);
        assertTrue(said.contains("plugin 'faulty' [" + jar + "] ended the process (System.exit)"), said);
        assertTrue(
                said.contains(
                        "unit metric/0 was begun 3 times, and each time what performed it was lost; the last time its"
                                + " process ended with exit code 3"),
                said);
        assertTrue(Invocation.finished(folder.resolve("runs/faulty")).containsKey("gallery/0"), said);
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
