package org.obverse.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;

final class SparkSubmitTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void it_is_looked_for_in_spark_home_and_without_that_on_the_path() throws IOException {
        Path home = program("home/bin");
        Path other = program("path");
        String path = folder.resolve("nothing") + ":" + other.getParent();

        assertEquals(
                home,
                SparkSubmit.find(Map.of("SPARK_HOME", folder.resolve("home").toString(), "PATH", path))
                        .program());
        assertEquals(other, SparkSubmit.find(Map.of("PATH", path)).program());
    }

    @Test
    void where_there_is_none_the_plan_cannot_be_performed() throws IOException {
        String path = String.valueOf(program("path").getParent());

        assertTrue(refusal(Map.of("PATH", folder.toString())).contains("none on the PATH"));
        String home = refusal(Map.of("SPARK_HOME", folder.toString(), "PATH", path));
        assertTrue(home.contains("none in bin of SPARK_HOME, " + folder), home);
        assertTrue(home.contains("install Spark 4 here"), home);
    }

    @Test
    void the_users_words_come_after_ours_and_so_win() {
        List<String> command = command(Map.of(), List.of("--conf", "spark.task.maxFailures=3"));

        assertTrue(command.indexOf("spark.task.maxFailures=1") > 0, command.toString());
        assertTrue(
                command.indexOf("spark.task.maxFailures=1") < command.indexOf("spark.task.maxFailures=3"),
                command.toString());
        assertEquals(List.of("worker", "--class"), command.subList(command.size() - 2, command.size()));
        assertEquals(App.class.getName(), command.get(command.indexOf("--class") + 1));
    }

    @Test
    void executors_get_what_a_worker_computes_with_and_none_of_the_runs_other_variables() {
        List<String> command =
                command(Map.of("DNNL_MAX_CPU_ISA", "SSE41", "AWS_SECRET_ACCESS_KEY", "x", "HOME", "/"), List.of());

        assertEquals(
                List.of("spark.executorEnv.DNNL_MAX_CPU_ISA=SSE41"),
                command.stream()
                        .filter(word -> word.startsWith("spark.executorEnv."))
                        .toList());
    }

    private static List<String> command(Map<String, String> environment, List<String> words) {
        return new SparkSubmit(Path.of("spark-submit"), environment)
                .command(Path.of("spark.jar"), "study", words, List.of("worker", "--class"));
    }

    private String refusal(Map<String, String> environment) {
        return assertThrows(InvalidConfigurationException.class, () -> SparkSubmit.find(environment))
                .problems()
                .toString();
    }

    private Path program(String where) throws IOException {
        Path program = Files.createDirectories(folder.resolve(where)).resolve("spark-submit");
        Files.createFile(program);
        assertTrue(program.toFile().setExecutable(true));
        return program;
    }
}
