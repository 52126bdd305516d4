package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.UnitName;
import org.obverse.engine.drive.Journal;

/**
 * A run of the smallest plan on a cluster of this one machine, whose processes Linux tells of.
 *
 * @param folder of runs
 */
record ClusterRun(Path folder) {
    private static final String STUDY = "tiny";

    Path study() {
        return folder.resolve(STUDY);
    }

    /** Who works on it, but for the shells that guard them. */
    List<ProcessHandle> workers() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> {
                        List<String> words = read(process, "cmdline");
                        return !words.get(0).equals("sh")
                                && words.containsAll(List.of("work", STUDY, folder.toString()))
                                && !words.contains("org.apache.spark.deploy.SparkSubmit");
                    })
                    .toList();
        }
    }

    /**
     * Waits until as many are at work at once.
     *
     * @param driver that must not end before
     */
    List<ProcessHandle> workers(int number, Child driver) throws InterruptedException {
        List<ProcessHandle> workers = workers();
        while (workers.size() < number) {
            assertFalse(driver.process().waitFor(200, TimeUnit.MILLISECONDS), "the run ended");
            workers = workers();
        }
        return workers;
    }

    /** A variable of a process's environment; empty if it has none. */
    static String variable(ProcessHandle process, String name) {
        return read(process, "environ").stream()
                .filter(variable -> variable.startsWith(name + "="))
                .map(variable -> variable.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    static List<String> gpus(List<ProcessHandle> workers) {
        return workers.stream()
                .map(worker -> variable(worker, "CUDA_VISIBLE_DEVICES"))
                .sorted()
                .toList();
    }

    static List<String> read(ProcessHandle process, String file) {
        try {
            return List.of(Files.readString(Path.of("/proc", String.valueOf(process.pid()), file))
                    .split("\0", -1));
        } catch (IOException e) {
            // It has just ended.
            return List.of("");
        }
    }

    /** Over all attempts: what was at work when a driver died, and is found by the next one, was done, too. */
    void assertEachUnitWasDoneOnce() {
        List<UnitName> planned = facts().filter(RunFact.Planned.class::isInstance)
                .flatMap(fact -> ((RunFact.Planned) fact).units().stream())
                .map(RunFact.PlannedUnit::unit)
                .distinct()
                .toList();
        assertEquals(names(planned.stream()), names(facts().flatMap(ClusterRun::done)));
    }

    private static List<String> names(Stream<UnitName> units) {
        return units.map(UnitName::toString).sorted().toList();
    }

    private static Stream<UnitName> done(RunFact fact) {
        if (fact instanceof RunFact.Completed completed) {
            return Stream.of(completed.unit());
        }
        return fact instanceof RunFact.Reused found ? Stream.of(found.unit()) : Stream.empty();
    }

    /** How often whoever worked on a unit was lost. */
    long losses() {
        return facts().filter(RunFact.Lost.class::isInstance).count();
    }

    private Stream<RunFact> facts() {
        return Journal.read(study().resolve("events.jsonl")).facts().stream();
    }
}
