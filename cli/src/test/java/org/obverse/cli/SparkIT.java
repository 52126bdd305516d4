package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run on a Spark cluster of this one machine, where the profile {@code spark} has put its jars; see {@code src/test/spark}. */
final class SparkIT {
    private static final Path JARS = Path.of("../plugins/spark/distribution/target/jars");
    private static final String CLUSTER = "src/test/spark/cluster.sh";
    /** Two executors of one core and one GPU each, begun when there is work for them. */
    private static final String TWO = """
            execution.places=[ { use: spark, count: 4, submit: [ --master, "spark://127.0.0.1:17177", \
            --conf, spark.executor.memory=512m, --conf, spark.executor.cores=1, \
            --conf, spark.executor.resource.gpu.amount=1, --conf, spark.task.resource.gpu.amount=1, \
            --conf, spark.dynamicAllocation.enabled=true, --conf, spark.dynamicAllocation.maxExecutors=2 ] } ]""";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void there_is_a_cluster() throws IOException, InterruptedException {
        assumeTrue(
                Files.isDirectory(JARS),
                "Spark's jars are not here; mvn -Pspark -pl plugins/spark/distribution package brings them");
        assertEquals(0, cluster("start"));
    }

    @AfterEach
    void nothing_of_it_stays() throws IOException, InterruptedException {
        if (Files.exists(spark())) {
            cluster("stop");
        }
    }

    private Path spark() {
        return folder.resolve("spark");
    }

    private int cluster(String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "sh",
                        CLUSTER,
                        what,
                        spark().toString(),
                        JARS.toRealPath().toString())
                .inheritIO()
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the cluster does not " + what);
        return process.exitValue();
    }

    @Test
    @Timeout(1800)
    void its_artifacts_are_those_of_threads_also_after_an_executor_and_then_the_driver_were_killed()
            throws IOException, InterruptedException {
        Path plan = Invocation.tinyPlan(folder);
        Invocation threads = Invocation.of("run", plan, "--runs", folder.resolve("threads"));
        assertEquals(0, threads.code(), threads.err());
        Map<String, String> expected = Invocation.finished(folder.resolve("threads/tiny"));
        Map<String, String> here = Map.of("SPARK_HOME", spark().toString());

        ClusterRun cluster = new ClusterRun(folder.resolve("runs"));

        Child run = Child.of(here, "run", plan, "--runs", cluster.folder(), "-o", "~execution.workers", "-o", TWO);
        run.await("data/0 done");
        List<ProcessHandle> both = cluster.workers(2, run);
        assertEquals(List.of("0", "1"), ClusterRun.gpus(both));
        executor(both.get(0)).destroyForcibly();
        both.get(0).onExit().orTimeout(10, TimeUnit.SECONDS).join();
        run.await("sample/0 done");
        run.kill();
        for (ProcessHandle left : cluster.workers()) {
            left.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
        Child resumed = Child.of(here, "resume", "tiny", "--runs", cluster.folder());
        resumed.await("report:");

        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(expected, Invocation.finished(cluster.study()));
        cluster.assertEachUnitWasDoneOnce();
        assertEquals(1, cluster.losses());
        assertEquals(List.of(), cluster.workers());
    }

    /** Which began the shell that began the worker. */
    private static ProcessHandle executor(ProcessHandle worker) {
        ProcessHandle executor = worker.parent().flatMap(ProcessHandle::parent).orElseThrow();
        assertTrue(ClusterRun.read(executor, "cmdline").toString().contains("CoarseGrainedExecutorBackend"));
        return executor;
    }
}
