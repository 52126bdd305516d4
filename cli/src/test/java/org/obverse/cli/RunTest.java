package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RunTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_dry_run_writes_nothing() {
        Path runs = folder.resolve("runs");

        Invocation dry = Invocation.of("run", Invocation.tinyPlan(folder), "--runs", runs, "--dry-run");

        assertEquals(0, dry.code(), dry.err());
        assertTrue(dry.out().startsWith("'tiny' can be run: 1 cell, on cpu"), dry.out());
        assertFalse(Files.exists(runs));
    }

    @Test
    void a_dry_run_prints_the_graph_what_is_reused_and_which_ingredient_is_another_one() {
        Path plan = Invocation.tinyPlan(folder);
        Path runs = folder.resolve("runs");
        Invocation run = Invocation.of("run", plan, "--runs", runs);

        Invocation dry = Invocation.of(
                "run", plan, "--runs", runs, "--name", "longer", "--dry-run", "-o", "attack.stages.optimize.steps=5");

        assertEquals(0, run.code(), run.err());
        assertEquals(0, dry.code(), dry.err());
        List<String> lines = dry.out().lines().toList();
        assertEquals("12 units, 6 of them reused:", lines.get(2), dry.out());
        for (String line : List.of(
                "  data/0 synthetic-faces: reused",
                "  target/0 small-resnet <- data/0: reused",
                "  sample/0 ranked-pool <- target/0, generator/0: reused",
                "  optimize/1 latent-adam <- target/0, generator/0, sample/0"
                        + ": to do, as it differs from what is stored in optimize",
                "  select/1 robust-confidence <- target/0, generator/0, optimize/1"
                        + ": to do, as it differs from what is stored in input optimize/1")) {
            assertTrue(lines.contains(line), dry.out());
        }
    }

    @Test
    void before_anything_is_stored_all_of_the_graph_is_to_do() {
        Invocation dry =
                Invocation.of("run", Invocation.tinyPlan(folder), "--runs", folder.resolve("runs"), "--dry-run");

        assertTrue(dry.out().contains(" units, 0 of them reused:"), dry.out());
        assertTrue(dry.out().contains("  data/0 synthetic-faces: to do" + System.lineSeparator()), dry.out());
    }

    @Test
    void the_same_plan_twice_gives_the_same_bytes_and_a_third_time_nothing_is_computed() {
        Path plan = Invocation.tinyPlan(folder);

        Invocation first = Invocation.of("run", plan, "--runs", folder.resolve("one"));
        Invocation second = Invocation.of("run", plan, "--runs", folder.resolve("two"));
        Invocation third = Invocation.of("run", plan, "--runs", folder.resolve("one"), "--name", "third");

        assertEquals(0, first.code(), first.err());
        assertEquals(0, second.code(), second.err());
        assertEquals(0, third.code(), third.err());
        Map<String, String> artifacts = Invocation.finished(folder.resolve("one/tiny"));
        assertEquals(artifacts, Invocation.finished(folder.resolve("two/tiny")));
        assertEquals(artifacts, Invocation.finished(folder.resolve("one/third")));
        assertFalse(third.out().contains(" done in "), third.out());
        assertTrue(Files.exists(folder.resolve("one/tiny/report.html")));
        assertTrue(first.out().contains("Acc@1(small-inception)"), first.out());
    }

    @Test
    void a_run_leaves_by_which_command_on_what_and_how_it_ended_and_one_that_computes_nothing_leaves_nothing()
            throws IOException {
        Path plan = Invocation.tinyPlan(folder);
        Path runs = folder.resolve("my runs");

        Invocation run = Invocation.of("run", plan, "--runs", runs);
        List<String> attempts = Files.readAllLines(runs.resolve("tiny/attempts.jsonl"));
        Invocation resumed = Invocation.of("resume", "tiny", "--runs", runs);
        Invocation copied = Invocation.of("run", plan, "--runs", runs, "--name", "copy");

        assertEquals(List.of(0, 0, 0), List.of(run.code(), resumed.code(), copied.code()), run.err());
        assertEquals(1, attempts.size());
        JsonNode attempt = JsonMapper.shared().readTree(attempts.get(0));
        assertEquals(
                "obverse run " + plan + " --runs '" + runs + "'",
                attempt.at("/command").asString());
        assertEquals("done", attempt.at("/outcome").asString());
        assertEquals(
                Invocation.finished(runs.resolve("tiny")).size(),
                attempt.at("/units").asInt());
        String machine = attempt.at("/machine").asString();
        assertTrue(machine.startsWith(Runtime.getRuntime().availableProcessors() + " cores"), machine);
        assertTrue(machine.endsWith("libtorch 2.7.1 on cpu"), machine);
        assertTrue(Instant.parse(attempt.at("/began").asString()).isBefore(Instant.now()));
        assertEquals(attempts, Files.readAllLines(runs.resolve("tiny/attempts.jsonl")), "all was finished");
        assertFalse(Files.exists(runs.resolve("copy/attempts.jsonl")));
    }

    @Test
    void a_disk_on_which_no_epoch_can_be_kept_is_named_and_no_plugin_is_blamed() throws IOException {
        Path unfinished =
                Files.createDirectories(folder.resolve("runs/objects")).resolve("unfinished");
        Files.createSymbolicLink(unfinished, folder.resolve("gone"));

        Invocation failed = Invocation.of("run", Invocation.tinyPlan(folder), "--runs", folder.resolve("runs"));

        assertEquals(5, failed.code(), failed.err());
        assertTrue(failed.err().contains("obverse: cannot keep an epoch in the folder " + unfinished), failed.err());
        assertFalse(failed.err().contains("--accept-changed"), failed.err());
    }

    @Test
    void train_writes_weights_that_a_plan_can_name() {
        Path plan = Invocation.tinyPlan(folder);
        Path weights = folder.resolve("target.safetensors");

        Invocation trained =
                Invocation.of("train", plan, "--runs", folder.resolve("runs"), "--only", "target", "--to", weights);
        Invocation loaded = Invocation.of(
                "run", Invocation.withLoadedTarget(folder), "--runs", folder.resolve("runs"), "--dry-run");

        assertEquals(0, trained.code(), trained.err());
        assertTrue(trained.out().contains("written to " + weights), trained.out());
        assertEquals(0, loaded.code(), loaded.err());
    }

    @Test
    void train_refuses_before_it_trains_to_overwrite_a_file() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.safetensors"), "mine");

        Invocation refused = Invocation.of(
                "train",
                Invocation.tinyPlan(folder),
                "--runs",
                folder.resolve("runs"),
                "--only",
                "target",
                "--to",
                mine);

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains(mine + " exists already, and is not overwritten"), refused.err());
        assertEquals("mine", Files.readString(mine));
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    @Test
    void train_refuses_to_write_several_networks_into_one_file() {
        Invocation refused = Invocation.of(
                "train",
                Invocation.tinyPlan(folder),
                "--runs",
                folder.resolve("runs"),
                "--to",
                folder.resolve("all.safetensors"));

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("this plan has 3"), refused.err());
        assertFalse(Files.exists(folder.resolve("runs")));
    }
}
