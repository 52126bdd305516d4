package org.obverse.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.Problem;

final class TasksTest {
    private static List<String> wrong(String... words) {
        return new Tasks(1, List.of(), List.of(words))
                .check().stream().map(Problem::path).toList();
    }

    @Test
    void options_and_their_values_are_spark_submits() {
        assertEquals(List.of(), wrong());
        assertEquals(
                List.of(),
                wrong(
                        "--master",
                        "spark://host:7077",
                        "--conf",
                        "spark.executor.extraJavaOptions=-Da=b -Dc=d",
                        "--conf=spark.task.maxFailures=3",
                        "--deploy-mode",
                        "client"));
    }

    @Test
    void each_word_that_would_take_the_application_away_is_a_problem_at_its_place() {
        assertEquals(List.of("submit.1"), wrong("--deploy-mode", "cluster"));
        assertEquals(List.of("submit.0"), wrong("--deploy-mode=cluster"));
        assertEquals(List.of("submit.1"), wrong("--conf", "spark.submit.deployMode=cluster"));
        assertEquals(List.of("submit.0"), wrong("--class", "mine.Main"));
    }

    @Test
    void an_order_is_not_given_to_two_tasks_at_once() {
        assertEquals(List.of("submit.1"), wrong("--conf", "spark.speculation=true"));
        assertEquals(List.of("submit.0"), wrong("--conf=spark.speculation=true"));
        assertEquals(List.of(), wrong("--conf", "spark.speculation=false"));
    }

    @Test
    void what_is_no_option_and_what_is_no_word_is_told() {
        assertEquals(List.of("submit.0"), wrong("yarn"));
        assertEquals(List.of("submit.1"), wrong("--master", ""));
        assertEquals(List.of("submit.1"), wrong("--master", "yarn\n"));
        assertEquals(
                List.of("count"),
                new Tasks(0, List.of(), List.of())
                        .check().stream().map(Problem::path).toList());
    }
}
