package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is told of runs that were really run. */
final class RunsTest {
    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void run_two() {
        for (String name : List.of("one", "two")) {
            Invocation run = Invocation.of(
                    "run",
                    Invocation.tinyPlan(folder),
                    "--runs",
                    folder.resolve("runs"),
                    "--name",
                    name,
                    "-o",
                    "attack.stages.optimize.steps=" + name.length(),
                    "-o",
                    "attack.stages.optimize.loss=" + (name.equals("one") ? "poincare" : "cross-entropy"));
            assertEquals(0, run.code(), run.err());
        }
    }

    @Test
    void runs_are_listed_with_state_figure_and_difference() {
        Invocation listed = Invocation.of("runs", "--runs", folder.resolve("runs"));

        assertEquals(0, listed.code(), listed.err());
        List<String> lines = listed.out().lines().toList();
        assertTrue(lines.get(0).matches("run +changed +state +cells +first figure +size +its own"), listed.out());
        assertTrue(lines.get(1).matches("one .* done +1 +Acc@1\\(small-inception\\) [0-9.]+ +.*"), listed.out());
        assertTrue(lines.get(2).matches("two .* done .*"), listed.out());
        assertEquals("    attack.stages.optimize.loss=cross-entropy", lines.get(3), listed.out());
    }

    @Test
    void the_list_for_programs_has_all_of_it() {
        Invocation listed = Invocation.of("runs", "--json", "--runs", folder.resolve("runs"));

        assertEquals(0, listed.code(), listed.err());
        JsonNode second = JsonMapper.shared().readTree(listed.out()).get(1);
        assertEquals("two", second.get("name").asString());
        assertEquals("done", second.get("state").asString());
        assertEquals(second.get("units").asInt(), second.get("finished").asInt());
        assertEquals(
                "attack.stages.optimize.loss=cross-entropy",
                second.get("difference").get(0).asString());
        assertEquals(
                "Acc@1(small-inception)",
                second.get("figures").get(0).get("name").asString());
        assertTrue(second.get("own-bytes").asLong() > 0);
        assertTrue(second.get("own-bytes").asLong() < second.get("bytes").asLong(), listed.out());
    }

    @Test
    void a_folder_without_runs_is_named_and_not_made() {
        Invocation listed = Invocation.of("runs", "--runs", folder.resolve("elsewhere"));

        assertEquals(0, listed.code(), listed.err());
        assertTrue(listed.out().contains("There are no runs in " + folder.resolve("elsewhere")), listed.out());
        assertFalse(Files.exists(folder.resolve("elsewhere")));
        assertEquals(
                "[ ]",
                Invocation.of("runs", "--json", "--runs", folder.resolve("elsewhere"))
                        .out()
                        .strip());
    }
}
