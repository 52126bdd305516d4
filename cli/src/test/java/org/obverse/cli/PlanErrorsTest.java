package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user can get wrong: exit code 2, a message that names subject, rule and way out, and nothing written. */
final class PlanErrorsTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            target.classifier.use=small-resnt       | target.classifier.use | there is no classifier 'small-resnt' | did you mean 'small-resnet'?
            data.identites=5                        | data.identites        | there is no key 'identites'          | did you mean 'identities'?
            target.training.epochs=many             | target.training.epochs| expected a whole number              | many
            target.defense.0.alpha=1.5              | target.defense.0.alpha| 1.5                                  | use at most 1
            attack.candidates=9                     | attack.stages.sample  | 9                                    | 8
            attack.classes=[0, 7]                   | attack.classes        | 7                                    | 3
            attack.center-crop=40                   | attack.stages.        | 40                                   | 32
            evaluation.small-inception.crop=40      | small-inception.crop  | 40                                   | 32
            generator.resolution=48                 | generator.resolution  | 48                                   | power of two
            target.access=scores                    | attack.stages.optimize| white-box                            | scores
            generator.weights="builtin:synthetic-faces-23" | synthetic-faces-23 | the plugin has no resource weights/ | did you mean 'builtin:synthetic-faces-32'?
            generator.weights=missing.safetensors   | missing.safetensors   | there is no such file                | safetensors
            execution.places=[{use: processes, count: 0}] | execution.places.0.count | 0             | use at least 1
            execution.places=[{use: processes, devices: [here]}] | execution.places.0.devices.0 | 'here' | use cpu, gpu
            execution={workers: 2, places: [{use: processes}]} | execution.workers | threads of this process | drop workers
            execution.device=tpu                    | execution.device      | 'tpu'                                | auto, cpu, gpu
            """)
    void a_plan_that_cannot_be_run_is_refused_before_anything_is_written(
            String override, String path, String rule, String wayOut) {
        Path runs = folder.resolve("runs");

        Invocation refused = Invocation.of("run", Invocation.tinyPlan(folder), "--runs", runs, "-o", override);

        assertAll(
                () -> assertEquals(2, refused.code(), refused.err()),
                () -> assertContains(path, refused.err()),
                () -> assertContains(rule, refused.err()),
                () -> assertContains(wayOut, refused.err()),
                () -> assertEquals("", refused.out()),
                () -> assertFalse(Files.exists(runs)));
    }

    @Test
    void all_problems_are_shown_at_once_with_their_lines() throws IOException {
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, """
                data: { use: synthetic-faces, identites: 4 }
                target:
                  classifier: { use: small-resnt }
                  training: { epochs: many }
                """);

        Invocation refused = Invocation.of("run", plan, "--runs", folder.resolve("runs"));

        List<String> lines = new ArrayList<>(refused.err().lines().toList());
        assertEquals("obverse: 3 problems", lines.remove(0));
        assertTrue(lines.get(0).startsWith("  line 1, data.identites: "), refused.err());
        assertTrue(lines.get(1).startsWith("  line 3, target.classifier.use: "), refused.err());
        assertTrue(lines.get(2).startsWith("  line 4, target.training.epochs: "), refused.err());
    }

    @Test
    void a_weights_file_that_was_cut_off_is_refused() throws IOException {
        Files.write(folder.resolve("cut.safetensors"), new byte[] {120, 0, 0, 0, 0, 0, 0, 0, '{'});

        Invocation refused = Invocation.of(
                "run",
                Invocation.tinyPlan(folder),
                "--runs",
                folder.resolve("runs"),
                "-o",
                "generator.weights=cut.safetensors");

        assertEquals(2, refused.code());
        assertContains("truncated", refused.err());
    }

    @Test
    void a_plan_that_does_not_exist_is_named() {
        Invocation refused = Invocation.of("run", folder.resolve("none.yaml"));

        assertEquals(2, refused.code());
        assertContains("none.yaml: there is no such file; name a plan", refused.err());
    }

    @Test
    void a_folder_of_runs_that_cannot_be_made_is_refused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        Invocation refused = Invocation.of("run", Invocation.tinyPlan(folder), "--runs", file.resolve("runs"));

        assertEquals(2, refused.code());
        assertContains("the run directory cannot be written", refused.err());
        assertContains("--runs", refused.err());
    }

    @Test
    void resuming_a_run_that_does_not_exist_names_those_that_do() throws IOException {
        Path run = Files.createDirectories(folder.resolve("second"));
        Files.createFile(run.resolve("study.yaml"));

        Invocation refused = Invocation.of("resume", "secnd", "--runs", folder);

        assertEquals(2, refused.code());
        assertContains("there is no run 'secnd'; did you mean 'second'?", refused.err());
    }

    @Test
    void another_component_on_the_command_line_says_on_the_error_stream_what_goes_with_the_former_one() {
        Invocation checked = Invocation.of(
                "run",
                Invocation.tinyPlan(folder),
                "--runs",
                folder.resolve("runs"),
                "--dry-run",
                "-o",
                "target.defense.0.use=bido-hsic");

        assertEquals(0, checked.code(), checked.err());
        assertContains(
                "obverse: target.defense.0.use is another component than 'label-smoothing', so these keys of the plan are"
                        + " dropped: alpha\n",
                checked.err());
        assertFalse(checked.out().contains("another component"), checked.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            points  | 8, 8, 64  | candidates: 2 |
            points  | 8, 8, 64  | candidates: 3 | tensor 'points' has shape (8, 8, 64) and the network needs (12, 8, 64)
            dots    | 8, 8, 64  | candidates: 2 | the weights miss tensor 'points'
            """)
    void stored_points_are_looked_at_before_a_run(String tensor, String shape, String keys, @Nullable String refused)
            throws IOException {
        safetensors(folder.resolve("points.safetensors"), tensor, shape);
        String plan = Files.readString(Invocation.tinyPlan(folder))
                .replace(
                        "sample: { pool: 8 }", "sample: { use: stored-points, file: points.safetensors, " + keys + " }")
                .replace("  candidates: 2\n", "");
        Path file = Files.writeString(folder.resolve("stored.yaml"), plan);

        Invocation checked = Invocation.of("run", file, "--runs", folder.resolve("runs"), "--dry-run");

        assertEquals(refused == null ? 0 : 2, checked.code(), checked.err());
        assertContains(refused == null ? "" : "attack.stages.sample.file", checked.err());
        assertContains(refused == null ? "" : refused, checked.err());
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    /** One tensor of zeros. */
    private static void safetensors(Path file, String name, String shape) throws IOException {
        int bytes = 4;
        for (String size : shape.split(", ", -1)) {
            bytes *= Integer.parseInt(size);
        }
        byte[] header = ("{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[" + shape + "],\"data_offsets\":[0," + bytes
                        + "]}}")
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole = ByteBuffer.allocate(8 + header.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        whole.putLong(header.length).put(header);
        Files.write(file, whole.array());
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), () -> "'" + part + "' is not in: " + text);
    }
}
