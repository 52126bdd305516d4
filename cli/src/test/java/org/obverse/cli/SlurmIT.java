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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on a Slurm cluster of this one machine, where Debian's slurm-wlm and munge are installed; see {@code src/test/slurm}. */
final class SlurmIT {
    private static final String CLUSTER = "src/test/slurm/cluster.sh";
    private static final String TWO = "execution.places=[ { use: slurm, count: 2 } ]";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void there_is_a_cluster() throws IOException, InterruptedException {
        assumeTrue(
                Files.exists(Path.of("/usr/sbin/slurmctld"))
                        && Files.exists(Path.of("/usr/sbin/munged"))
                        && "root".equals(System.getProperty("user.name")),
                "slurm-wlm and munge are not installed, or this is not root");
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
        Process process = new ProcessBuilder("sh", CLUSTER, what, slurm().toString())
                .inheritIO()
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the cluster does not " + what);
        return process.exitValue();
    }

    @Test
    void its_artifacts_are_those_of_threads_also_after_a_job_and_then_the_driver_were_killed()
            throws IOException, InterruptedException {
        Path plan = Invocation.tinyPlan(folder);
        Invocation threads = Invocation.of("run", plan, "--runs", folder.resolve("threads"));
        assertEquals(0, threads.code(), threads.err());
        Map<String, String> expected = Invocation.finished(folder.resolve("threads/tiny"));
        Map<String, String> here =
                Map.of("SLURM_CONF", slurm().resolve("slurm.conf").toString());

        Child run = Child.of(here, "run", plan, "--runs", runs(), "-o", "~execution.workers", "-o", TWO);
        run.await("evaluation/0");
        long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (jobs().isEmpty() && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        jobs().get(0).destroyForcibly();
        run.await("evaluation/0 done");
        run.kill();
        List<ProcessHandle> left = jobs();
        Child resumed = Child.of(here, "resume", "tiny", "--runs", runs());

        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(expected, Invocation.finished(runs().resolve("tiny")));
        assertFalse(left.stream().anyMatch(ProcessHandle::isAlive), "a job is left");
        assertEquals(List.of(), jobs());
    }

    /** Workers of this run. */
    private List<ProcessHandle> jobs() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> words(process.pid()).containsAll(List.of("work", "tiny", runs().toString())))
                    .toList();
        }
    }

    private static List<String> words(long process) {
        try {
            return List.of(Files.readString(Path.of("/proc", String.valueOf(process), "cmdline"))
                    .split("\0", -1));
        } catch (IOException e) {
            // It has just ended.
            return List.of();
        }
    }

    private Path runs() {
        return folder.resolve("runs");
    }
}
