package org.obverse.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * This program again, with what it was started with, as a worker of a run. One whose heap is full ends, as nobody knows what else was
 * lost in it. What the Java runtime writes down of a crash lies in the run's folder, not where the program was started.
 *
 * @param runs the folder of all runs
 * @param run its name
 */
record WorkerCommand(Path runs, String run) {
    /**
     * @param options behind the name of the run
     */
    List<String> with(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:-CreateCoredumpOnCrash");
        // The runtime writes the process's number for %p.
        command.add("-XX:ErrorFile=" + folder().toString().replace("%", "%%") + "/crash-%p.log");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "work", run));
        command.addAll(List.of("--runs", runs.toAbsolutePath().normalize().toString()));
        command.addAll(options);
        return command;
    }

    private Path folder() {
        return runs.toAbsolutePath().normalize().resolve(run);
    }
}
