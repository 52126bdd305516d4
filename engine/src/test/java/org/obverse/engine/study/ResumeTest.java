package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.study.PlanText.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Provenance;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.Progress.State;
import org.obverse.engine.torch.TorchRuntime;

/** A study that goes on: what is believed of earlier attempts, and what is made again. */
final class ResumeTest {
    private static final String PLAN = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } }
            generator: { use: plane }
            attack: { use: tiny }
            metrics: [ { use: count }, { use: undefined } ]
            execution: { workers: 1, batch: 4 }
            """;
    private static final String OTHER = "another";
    private static final String TWO_CELLS = PLAN + "study: { axes: { attack.stages.optimize.factor: [0.5, 0.25] } }\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final TinyPlugin plugin = new TinyPlugin();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    @BeforeEach
    void load() {
        runner = new Runner(Registry.of(List.of(plugin)), folder);
    }

    @Test
    void an_interrupted_run_goes_on_where_it_stopped_and_ends_with_the_same_artifacts() {
        run(with(PLAN, "workers: 1", "workers: 2"), "one", "whole");
        Map<String, String> whole = runner.artifacts();
        runner.told().clear();
        interrupt(PLAN, "cut");
        Map<String, String> before = runner.artifacts();
        runner.told().clear();

        assertEquals(Outcome.DONE, run(PLAN, "one", "cut").outcome());

        Map<String, String> all = new TreeMap<>(before);
        runner.artifacts().forEach((unit, artifact) -> assertFalse(all.containsKey(unit), unit + " was done twice"));
        all.putAll(runner.artifacts());
        assertEquals(whole, all);
    }

    @Test
    void a_listener_is_told_the_plan_then_what_was_finished_and_then_what_is_offered() {
        interrupt(PLAN, "runs");
        Map<String, String> before = runner.artifacts();
        runner.told().clear();

        run(PLAN, "one", "runs");

        assertInstanceOf(RunFact.Planned.class, runner.told().get(0));
        List<RunFact> finished = runner.told().stream()
                .skip(1)
                .takeWhile(RunFact.Completed.class::isInstance)
                .toList();
        assertEquals(
                List.of("data/0", "target/0", "generator/0", "sample/0"),
                finished.stream()
                        .map(fact -> ((RunFact.Completed) fact).unit().toString())
                        .toList());
        assertEquals(
                before.get("sample/0"),
                ((RunFact.Completed) finished.get(3)).artifact(),
                "as the earlier attempt told it");
        assertInstanceOf(RunFact.Offered.class, runner.told().get(1 + finished.size()));
        assertEquals(List.of("optimize/0"), runner.offered().subList(0, 1));
    }

    @Test
    void a_finished_run_that_is_run_again_tells_all_and_offers_nothing() {
        run(PLAN, "one", "runs");
        int units = runner.made().size();
        runner.told().clear();

        assertEquals(Outcome.DONE, run(PLAN, "one", "runs").outcome());

        assertEquals(List.of(), runner.offered());
        assertEquals(
                units,
                runner.told().stream()
                        .filter(RunFact.Completed.class::isInstance)
                        .count());
        assertEquals(
                new RunFact.Ended(Outcome.DONE, ""),
                runner.told().get(runner.told().size() - 1));
    }

    @Test
    void a_lost_artifact_is_made_again_and_nothing_else() throws IOException {
        run(PLAN, "one", "runs");
        String sample = String.valueOf(runner.artifacts().get("sample/0"));
        Files.delete(folder.resolve("runs/objects").resolve(sample));
        runner.told().clear();

        run(PLAN, "one", "runs");

        assertEquals(Map.of("sample/0", sample), runner.artifacts());
    }

    /** As when a unit was lost and made again, the run killed meanwhile, and its artifact came back. */
    @Test
    void a_unit_that_was_offered_again_is_finished_by_what_is_stored_and_not_by_its_first_completion() {
        run(PLAN, "one", "runs");
        Path events = runner.events("one", "runs");
        RunFact planned = Journal.read(events).facts().get(0);
        try (Journal journal = Journal.open(events)) {
            journal.append(planned);
            journal.append(new RunFact.Offered(made("sample/0").unit()));
        }
        runner.told().clear();

        assertEquals(Outcome.DONE, run(PLAN, "one", "runs").outcome());

        assertEquals(Map.of(), runner.artifacts());
        assertEquals("", Journal.read(events).damage());
    }

    @Test
    void a_failed_unit_takes_only_what_depends_on_it_along_and_resume_does_only_what_failed() {
        plugin.misbehaviour = () -> {
            if (plugin.optimized.get() == 1) {
                throw new IllegalStateException("the first one");
            }
        };

        Runs.StudyResult failed = run(TWO_CELLS, "one", "runs");

        assertEquals(Outcome.FAILED, failed.outcome());
        assertEquals(1, failed.reasons().size());
        assertEquals(
                State.FAILED,
                runner.record("one", "factor=0.5", "runs").progress().state());
        assertEquals(
                State.DONE,
                runner.record("one", "factor=0.25", "runs").progress().state());
        runner.told().clear();
        plugin.misbehaviour = () -> {};
        assertEquals(Outcome.DONE, run(TWO_CELLS, "one", "runs").outcome());
        assertEquals(Set.of("optimize/0", "metric/0", "metric/1", "gallery/0"), Set.copyOf(runner.offered()));
    }

    @Test
    void what_cells_share_takes_all_of_them_along_and_is_tried_once() {
        plugin.sampling = () -> {
            throw new IllegalStateException("no points today");
        };

        Runs.StudyResult failed = run(TWO_CELLS, "one", "runs");

        assertEquals(Outcome.FAILED, failed.outcome());
        assertEquals(1, failed.reasons().size());
        assertEquals(
                Set.of("data/0", "target/0", "generator/0", "sample/0"), Set.copyOf(runner.performed("one", "runs")));
        for (String cell : List.of("factor=0.5", "factor=0.25")) {
            assertEquals(
                    State.FAILED, runner.record("one", cell, "runs").progress().state());
        }
    }

    @Test
    void what_another_run_made_is_not_taken_from_its_journal() throws IOException {
        run(PLAN, "one", "runs");
        RunFact.Completed target = made("target/0");
        Map<String, String> one = runner.artifacts();
        runner.told().clear();
        run(with(PLAN, "epochs: 2", "epochs: 3"), "two", "runs");
        Files.copy(runner.events("two", "runs"), runner.events("one", "runs"), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(reference(target));
        runner.told().clear();

        run(PLAN, "one", "runs");

        assertEquals(Map.of("target/0", target.artifact()), runner.artifacts());
        assertEquals(one, runner.record("one", "one", "runs").artifacts());
    }

    @Test
    void a_swapped_reference_of_the_store_is_not_taken() throws IOException {
        run(PLAN, "one", "runs");
        RunFact.Completed target = made("target/0");
        Path other = reference(made("sample/0"));
        Files.copy(other, reference(target), StandardCopyOption.REPLACE_EXISTING);
        runner.told().clear();
        run(PLAN, "one", "runs");
        assertEquals(Map.of("target/0", target.artifact()), runner.artifacts(), "in the run that made it");

        Files.copy(other, reference(target), StandardCopyOption.REPLACE_EXISTING);
        runner.told().clear();
        run(PLAN, "two", "runs");
        assertEquals(Map.of("target/0", target.artifact()), runner.artifacts(), "in another run");
    }

    @Test
    void another_libtorch_is_told_by_name_and_what_it_made_is_kept_if_that_is_accepted() throws IOException {
        run(PLAN, "one", "runs");
        madeWithAnotherLibtorch();
        runner.told().clear();

        InvalidConfigurationException refusal =
                assertThrows(InvalidConfigurationException.class, () -> run(PLAN, "one", "runs"));
        Setting accepting = new Setting(folder.resolve("runs"), folder, Set.of("libtorch"));
        Runs.StudyResult accepted =
                runner.runs().run(runner.study(PLAN, "one"), accepting, runner.audience(), cancelled);

        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("the code of 'libtorch' changed since this run began"), message);
        assertTrue(message.contains("obverse resume one --accept-changed libtorch"), message);
        assertEquals(Outcome.DONE, accepted.outcome());
        assertEquals(List.of(), runner.offered());
        assertEquals(
                List.of(new Manifest.Change(
                        "libtorch", OTHER, TorchRuntime.start().facts().version())),
                Manifest.read(folder.resolve("runs/one")).accepted());
    }

    /** Rewrites a finished run, whose journal has every unit behind its inputs. */
    private void madeWithAnotherLibtorch() throws IOException {
        Path events = runner.events("one", "runs");
        String journal = Files.readString(events);
        Map<String, String> digests = new TreeMap<>();
        for (RunFact fact : Journal.read(events).facts()) {
            if (fact instanceof RunFact.Completed made) {
                Provenance now = Provenance.of(Files.readAllBytes(reference(made)));
                Map<String, String> code = new TreeMap<>(now.ingredients().code());
                code.put("libtorch", OTHER);
                List<String> inputs = now.inputs().stream()
                        .map(input -> digests.getOrDefault(input, "none"))
                        .toList();
                Provenance then = new Provenance(
                        new Ingredients(now.ingredients().values(), code), inputs, now.artifact(), now.summary());
                digests.put(made.digest(), then.digest());
                Files.delete(reference(made));
                Files.write(reference(made).resolveSibling(then.digest()), then.bytes());
                journal = with(journal, made.digest(), then.digest());
            }
        }
        Files.writeString(events, journal);
        Path manifest = folder.resolve("runs/one/manifest.json");
        String written = Files.readString(manifest);
        Files.writeString(manifest, written.replaceFirst("(\"libtorch\" ?: ?\")[^\"]+", "$1" + OTHER));
    }

    @Test
    void a_study_that_lost_a_cell_is_another_study() {
        run(TWO_CELLS, "one", "runs");

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class, () -> run(with(TWO_CELLS, ", 0.25", ""), "one", "runs"));

        assertTrue(String.valueOf(refusal.getMessage()).contains("has another plan"), refusal.getMessage());
    }

    private Path reference(RunFact.Completed made) {
        return folder.resolve("runs/objects/inputs").resolve(made.digest());
    }

    /** While the optimizer works for the first time. */
    private void interrupt(String plan, String runs) {
        plugin.misbehaviour = () -> cancelled.set(true);
        assertEquals(Outcome.INTERRUPTED, run(plan, "one", runs).outcome());
        cancelled.set(false);
        plugin.misbehaviour = () -> {};
    }

    private RunFact.Completed made(String unit) {
        return Objects.requireNonNull(runner.made().get(unit));
    }

    private Runs.StudyResult run(String plan, String name, String runs) {
        return runner.run(plan, name, runs, cancelled);
    }
}
