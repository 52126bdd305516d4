package org.obverse.plugins.spark;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * The program that begins an application.
 *
 * @param program where it lies
 * @param environment the run's
 */
record SparkSubmit(Path program, Map<String, String> environment) {
    private static final String NAME = "spark-submit";
    private static final String HOME = "SPARK_HOME";
    /** What a launcher of this program sets, and what its libraries read: part of what a worker computes, on whatever node. */
    private static final Pattern SHARED =
            Pattern.compile("OFFLINE|OPT_OUT_TRACKING|LC_ALL|(OBVERSE|DJL|DNNL|MALLOC|OMP)_\\w+");

    SparkSubmit {
        environment = Map.copyOf(environment);
    }

    /**
     * Looks where Spark's own programs look: in {@code SPARK_HOME} if it is set, and else on the {@code PATH}.
     *
     * @throws InvalidConfigurationException if it is not there
     */
    static SparkSubmit find(Map<String, String> environment) {
        String home = environment.getOrDefault(HOME, "");
        Optional<Path> found = (home.isEmpty()
                        ? Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, NAME))
                        : Stream.of(Path.of(home, "bin", NAME)))
                .filter(Files::isExecutable)
                .findFirst();
        return new SparkSubmit(
                found.orElseThrow(
                        () -> new InvalidConfigurationException(
                                new Problem(
                                        "",
                                        "spark begins its application by spark-submit, and there is none "
                                                + (home.isEmpty() ? "on the PATH" : "in bin of SPARK_HOME, " + home),
                                        "install Spark 4 here and set SPARK_HOME to its folder, or name another place, such as processes"))),
                environment);
    }

    /**
     * The command of an application. What Spark would do by itself stands before the users' words, which win; an order is tried once,
     * since the run offers what is lost again.
     *
     * @param jar of {@link App}
     * @param study whose orders are performed
     * @param words the users'
     * @param worker the command of a worker
     */
    List<String> command(Path jar, String study, List<String> words, List<String> worker) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--name", "obverse " + study));
        command.addAll(List.of("--conf", "spark.task.maxFailures=1"));
        command.addAll(List.of("--conf", "spark.speculation=false"));
        // Progress comes with heartbeats.
        command.addAll(List.of("--conf", "spark.executor.heartbeatInterval=2s"));
        new TreeMap<>(environment).forEach((name, value) -> {
            if (SHARED.matcher(name).matches()) {
                command.addAll(List.of("--conf", "spark.executorEnv." + name + "=" + value));
            }
        });
        command.addAll(words);
        command.addAll(List.of("--class", App.class.getName(), jar.toString()));
        command.addAll(worker);
        return command;
    }
}
