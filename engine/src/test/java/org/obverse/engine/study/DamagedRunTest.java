package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.study.PlanText.with;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plugin.Registry;

/** What somebody or something did to a run's folder is no reason to lose what its artifacts prove. */
final class DamagedRunTest {
    private static final String PLAN = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } }
            generator: { use: plane }
            attack: { use: tiny }
            metrics: [ { use: count } ]
            execution: { workers: 1, batch: 4 }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    private Map<String, String> whole = Map.of();

    @BeforeEach
    void run_to_the_end() {
        runner = new Runner(Registry.of(List.of(new TinyPlugin())), folder);
        runner.run(PLAN, "one", "runs");
        whole = runner.artifacts();
        runner.told().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "blank", "doubled", "mark", "binary", "all"})
    void a_run_goes_on_behind_a_damaged_journal_and_computes_nothing_that_is_stored(String damage) throws IOException {
        Path journal = runner.events("one", "runs");
        List<String> lines = Files.readAllLines(journal);
        byte[] damaged = damaged(damage, lines);
        Files.write(journal, damaged);

        assertEquals(Outcome.DONE, runner.run(PLAN, "one", "runs").outcome());

        assertEquals(List.of(), runner.offered());
        assertEquals(whole, runner.record("one", "one", "runs").artifacts());
        assertEquals(
                List.of(damaged.length),
                List.of(Files.readAllBytes(journal.resolveSibling("events.jsonl.damaged-1")).length));
    }

    private static byte[] damaged(String damage, List<String> lines) {
        String text = String.join("\n", lines) + "\n";
        String middle = lines.get(lines.size() / 2);
        return switch (damage) {
            case "garbage" -> text.replace(middle, "{ nothing").getBytes(StandardCharsets.UTF_8);
            case "blank" -> text.replace(middle, middle + "\n").getBytes(StandardCharsets.UTF_8);
            case "doubled" -> text.replace(middle, middle + "\n" + middle).getBytes(StandardCharsets.UTF_8);
            case "mark" -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
            case "binary" -> Arrays.copyOf(new byte[] {(byte) 0xff, 0, 1, '\n'}, 4000);
            default -> "nothing of it\n".getBytes(StandardCharsets.UTF_8);
        };
    }

    @Test
    void what_a_damaged_journal_says_of_another_batch_is_still_believed_where_artifacts_prove_it() throws IOException {
        Path journal = runner.events("one", "runs");
        Files.writeString(journal, Files.readString(journal) + "\n");
        Files.delete(folder.resolve("runs/objects").resolve(String.valueOf(whole.get("metric/0"))));

        runner.run(PLAN, "one", "runs");

        assertEquals(List.of("metric/0"), runner.offered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "../../study.yaml", ""})
    void what_a_journal_calls_a_digest_and_is_none_is_not_looked_for(String text) throws IOException {
        Path journal = runner.events("one", "runs");
        List<String> lines = Files.readAllLines(journal);
        String completed = lines.stream()
                .filter(line -> line.startsWith("{\"event\":\"completed\",\"unit\":{\"slot\":\"metric\""))
                .findFirst()
                .orElseThrow();
        String digest = "\"digest\":\"" + text + "\"";
        Files.writeString(
                journal,
                String.join("\n", lines)
                                .replace(
                                        completed,
                                        completed.replaceFirst(
                                                "\"digest\":\"[^\"]*\"", Matcher.quoteReplacement(digest)))
                        + "\n");

        assertEquals(Outcome.DONE, runner.run(PLAN, "one", "runs").outcome());

        assertEquals(whole, runner.record("one", "one", "runs").artifacts());
    }

    @Test
    void a_damaged_manifest_is_kept_and_written_anew() throws IOException {
        Path manifest = folder.resolve("runs/one/manifest.json");
        String before = Files.readString(manifest);
        Files.writeString(manifest, "{ \"code\": ");

        assertEquals(Outcome.DONE, runner.run(PLAN, "one", "runs").outcome());

        assertEquals(before, Files.readString(manifest));
        assertEquals("{ \"code\": ", Files.readString(manifest.resolveSibling("manifest.json.damaged-1")));
        assertEquals(List.of(), runner.offered());
    }

    /** A single byte that is no UTF-8, found by changing files at random. */
    @Test
    void a_manifest_that_is_no_text_any_more_is_kept_and_written_anew() throws IOException {
        Path manifest = folder.resolve("runs/one/manifest.json");
        byte[] before = Files.readAllBytes(manifest);
        byte[] damaged = before.clone();
        damaged[0] = (byte) 0xff;
        Files.write(manifest, damaged);

        assertEquals(Outcome.DONE, runner.run(PLAN, "one", "runs").outcome());

        assertArrayEquals(before, Files.readAllBytes(manifest));
        assertArrayEquals(damaged, Files.readAllBytes(manifest.resolveSibling("manifest.json.damaged-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"events.jsonl", "manifest.json", "data-0.tsv", "lock", "../objects/leases"})
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void a_fifo_in_the_place_of_a_file_is_named_and_never_opened(String name) throws IOException, InterruptedException {
        Path file = folder.resolve("runs/one").resolve(name).normalize();
        Files.deleteIfExists(file);
        assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());

        InvalidConfigurationException refused =
                assertThrows(InvalidConfigurationException.class, () -> runner.run(PLAN, "one", "runs"));

        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(file + ": is a FIFO, not a file; remove it"), message);
        Files.delete(file);
        assertEquals(Outcome.DONE, runner.run(PLAN, "one", "runs").outcome());
        assertEquals(List.of(), runner.offered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cells/one.yaml", "study.yaml"})
    void a_stored_plan_that_is_no_text_any_more_is_refused_in_words(String name) throws IOException {
        Path file = folder.resolve("runs/one").resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] = (byte) 0xff;
        Files.write(file, bytes);
        PlanReader reader = new PlanReader(Registry.of(List.of(new TinyPlugin())));

        assertThrows(InvalidConfigurationException.class, () -> {
            StoredStudy stored = StoredStudy.read(folder.resolve("runs"), "one", reader);
            runner.runs().run(stored.study(), runner.setting("runs"), new Audience(runner), new AtomicBoolean());
        });
    }

    @Test
    void a_stored_plan_that_is_a_word_is_another_plan() throws IOException {
        Files.writeString(folder.resolve("runs/one/cells/one.yaml"), "plan: nothing\nunits: { data/0: [ 1 ] }\n");

        assertThrows(InvalidConfigurationException.class, () -> runner.run(PLAN, "one", "runs"));
        assertEquals(Map.of(), StudyFolder.of(folder.resolve("runs"), "one").units("one"));
    }

    @Test
    void a_plan_and_a_study_that_were_edited_alike_give_no_old_results() throws IOException {
        for (String file : List.of("runs/one/study.yaml", "runs/one/cells/one.yaml")) {
            Path path = folder.resolve(file);
            Files.writeString(path, with(Files.readString(path), "epochs: 2", "epochs: 3"));
        }

        runner.run(with(PLAN, "epochs: 2", "epochs: 3"), "one", "runs");

        assertTrue(runner.offered().contains("target/0"), runner.offered().toString());
        assertFalse(whole.equals(runner.record("one", "one", "runs").artifacts()));
    }
}
