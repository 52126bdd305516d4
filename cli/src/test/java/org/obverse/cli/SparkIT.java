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
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.UnitName;
import org.obverse.engine.drive.Journal;

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
    @Timeout(600)
    void its_artifacts_are_those_of_threads_also_after_an_executor_and_then_the_driver_were_killed()
            throws IOException, InterruptedException {
        Path plan = Invocation.tinyPlan(folder);
        Invocation threads = Invocation.of("run", plan, "--runs", folder.resolve("threads"));
        assertEquals(0, threads.code(), threads.err());
        Map<String, String> expected = Invocation.finished(folder.resolve("threads/tiny"));
        Map<String, String> here = Map.of("SPARK_HOME", spark().toString());

        Child run = Child.of(here, "run", plan, "--runs", runs(), "-o", "~execution.workers", "-o", TWO);
        run.await("data/0 done");
        List<ProcessHandle> both = workers();
        while (both.size() < 2) {
            assertFalse(run.process().waitFor(200, TimeUnit.MILLISECONDS), "the run ended");
            both = workers();
        }
        assertEquals(
                List.of("0", "1"), both.stream().map(SparkIT::gpus).sorted().toList());
        executor(both.get(0)).destroyForcibly();
        both.get(0).onExit().orTimeout(10, TimeUnit.SECONDS).join();
        run.await("sample/0 done");
        run.kill();
        for (ProcessHandle left : workers()) {
            left.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
        Child resumed = Child.of(here, "resume", "tiny", "--runs", runs());
        resumed.await("report:");

        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(expected, Invocation.finished(runs().resolve("tiny")));
        List<RunFact> facts = Journal.read(runs().resolve("tiny/events.jsonl")).facts();
        assertEquals(1, facts.stream().filter(RunFact.Lost.class::isInstance).count());
        List<String> done = facts.stream()
                .flatMap(SparkIT::finished)
                .map(UnitName::toString)
                .sorted()
                .toList();
        assertEquals(List.copyOf(new TreeSet<>(done)), done, "a unit was done twice");
        assertEquals(List.of(), workers());
    }

    private static Stream<UnitName> finished(RunFact fact) {
        return fact instanceof RunFact.Completed completed ? Stream.of(completed.unit()) : Stream.empty();
    }

    /** Those of this run, but for the shells that guard them. */
    private List<ProcessHandle> workers() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> {
                        List<String> words = read(process, "cmdline");
                        return !words.get(0).equals("sh")
                                && words.containsAll(List.of("work", "tiny", runs().toString()))
                                && !words.contains("org.apache.spark.deploy.SparkSubmit");
                    })
                    .toList();
        }
    }

    /** Which GPUs a process sees. */
    private static String gpus(ProcessHandle process) {
        return read(process, "environ").stream()
                .filter(variable -> variable.startsWith("CUDA_VISIBLE_DEVICES="))
                .map(variable -> variable.replaceFirst(".*=", ""))
                .findFirst()
                .orElse("all");
    }

    /** Which began the shell that began the worker. */
    private static ProcessHandle executor(ProcessHandle worker) {
        ProcessHandle executor = worker.parent().flatMap(ProcessHandle::parent).orElseThrow();
        assertTrue(read(executor, "cmdline").toString().contains("CoarseGrainedExecutorBackend"));
        return executor;
    }

    private static List<String> read(ProcessHandle process, String file) {
        try {
            return List.of(Files.readString(Path.of("/proc", String.valueOf(process.pid()), file))
                    .split("\0", -1));
        } catch (IOException e) {
            // It has just ended.
            return List.of("");
        }
    }

    private Path runs() {
        return folder.resolve("runs");
    }
}
