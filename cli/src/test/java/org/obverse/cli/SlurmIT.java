package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on a Slurm cluster of this one machine, where Debian's slurm-wlm and munge are installed; see {@code src/test/slurm}. */
final class SlurmIT {
    private static final String CLUSTER = "src/test/slurm/cluster.sh";
    private static final int PATIENCE_MINUTES = 10;

    @TempDir
    private Path folder = Path.of("");

    private ClusterRun cluster = new ClusterRun(Path.of(""));

    @BeforeEach
    void there_is_a_cluster() throws IOException, InterruptedException {
        assumeTrue(
                Files.exists(Path.of("/usr/sbin/slurmctld"))
                        && Files.exists(Path.of("/usr/sbin/munged"))
                        && "root".equals(System.getProperty("user.name")),
                "slurm-wlm and munge are not installed, or this is not root");
        cluster = new ClusterRun(folder.resolve("runs"));
        assertEquals(0, cluster("start"));
    }

    @AfterEach
    void nothing_of_it_stays() throws IOException, InterruptedException {
        if (Files.exists(slurm())) {
            cluster("stop");
        }
    }

    private Path slurm() {
        return folder.resolve("slurm");
    }

    private int cluster(String what) throws IOException, InterruptedException {
        return await(new ProcessBuilder("sh", CLUSTER, what, slurm().toString()));
    }

    @Test
    void its_artifacts_are_those_of_threads_also_after_a_job_and_then_the_driver_were_killed()
            throws IOException, InterruptedException {
        Map<String, String> expected = ofThreads();

        Child run = Child.of(here(), run());
        List<ProcessHandle> both = cluster.workers(2, run);
        assertEquals(List.of("0", "1"), ClusterRun.gpus(both));
        both.get(0).destroyForcibly();
        run.await(" lost: ");
        run.kill();
        List<ProcessHandle> left = cluster.workers();
        Child resumed = Child.of(here(), "resume", "tiny", "--runs", cluster.folder());
        resumed.await("report:");

        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(expected, Invocation.finished(cluster.study()));
        cluster.assertEachUnitWasDoneOnce();
        assertEquals(1, cluster.losses());
        assertFalse(left.stream().anyMatch(ProcessHandle::isAlive), "a job is left");
        assertEquals(List.of(), cluster.workers());
    }

    @Test
    void a_node_whose_daemon_is_killed_and_begins_again_loses_nothing() throws IOException, InterruptedException {
        Map<String, String> expected = ofThreads();

        Child run = Child.of(here(), run());
        cluster.workers(2, run);
        assertEquals(0, cluster("restart-node"));
        run.await("report:");

        assertEquals(0, run.code(), run.err());
        assertEquals(expected, Invocation.finished(cluster.study()));
        cluster.assertEachUnitWasDoneOnce();
        assertEquals(0, cluster.losses());
    }

    /** As an administrator does it, or a job of more priority. */
    @Test
    void a_job_that_is_queued_again_while_it_works_is_waited_for() throws IOException, InterruptedException {
        Map<String, String> expected = ofThreads();

        Child run = Child.of(here(), run());
        ProcessHandle worker = cluster.workers(1, run).get(0);
        String job = ClusterRun.variable(worker, "SLURM_JOB_ID");
        assertEquals(0, await(new ProcessBuilder("scontrol", "requeue", job)));
        worker.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        run.await("report:");

        assertEquals(0, run.code(), run.err());
        assertEquals(expected, Invocation.finished(cluster.study()));
        cluster.assertEachUnitWasDoneOnce();
        assertEquals(0, cluster.losses());
    }

    @Test
    void the_driver_may_be_a_job_itself() throws IOException, InterruptedException {
        Map<String, String> expected = ofThreads();
        Path said = folder.resolve("said");
        String driver = Child.command(run()).stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));

        int code = await(new ProcessBuilder("sbatch", "--wait", "--output=" + said, "--wrap", driver));

        assertEquals(0, code, Files.readString(said));
        assertEquals(expected, Invocation.finished(cluster.study()));
        cluster.assertEachUnitWasDoneOnce();
        assertEquals(0, cluster.losses());
    }

    private Object[] run() {
        return new Object[] {
            "run",
            Invocation.tinyPlan(folder),
            "--runs",
            cluster.folder(),
            "-o",
            "~execution.workers",
            "-o",
            "execution.places=[ { use: slurm, count: 2 } ]"
        };
    }

    /** What units of the same plan produce in threads. */
    private Map<String, String> ofThreads() {
        Path runs = folder.resolve("threads");
        Invocation threads = Invocation.of("run", Invocation.tinyPlan(folder), "--runs", runs);
        assertEquals(0, threads.code(), threads.err());
        return Invocation.finished(runs.resolve("tiny"));
    }

    /** By which the commands of Slurm find the cluster. */
    private Map<String, String> here() {
        return Map.of("SLURM_CONF", slurm().resolve("slurm.conf").toString());
    }

    private int await(ProcessBuilder command) throws IOException, InterruptedException {
        command.environment().putAll(here());
        Process process = command.inheritIO().start();
        assertTrue(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), command.command() + " does not end");
        return process.exitValue();
    }
}
