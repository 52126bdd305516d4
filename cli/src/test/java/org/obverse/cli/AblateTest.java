package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.study.StudyFolder;

final class AblateTest {
    @TempDir
    private Path folder = Path.of("");

    private Path plan = Path.of("");
    private Path runs = Path.of("");

    @BeforeEach
    void a_plan_and_a_folder_of_runs() {
        plan = Invocation.tinyPlan(folder);
        runs = folder.resolve("runs");
    }

    @Test
    void a_cell_computes_only_what_its_swap_reaches_and_has_all_else_from_the_baseline() {
        Invocation run = Invocation.of("run", plan, "--runs", runs);
        Invocation ablation = Invocation.of("ablate", plan, "--runs", runs, "--swap", "select.iterations=3");

        assertEquals(0, run.code(), run.err());
        assertEquals(0, ablation.code(), ablation.err());
        assertTrue(
                ablation.out()
                        .contains("'tiny-ablation/select.iterations=3' against the baseline 'tiny-ablation/baseline'"),
                ablation.out());
        StudyFolder study = StudyFolder.of(runs, "tiny-ablation");
        Map<String, String> baseline = slots(RunRecord.artifacts(study, "baseline"));
        Map<String, String> swapped = slots(RunRecord.artifacts(study, "select.iterations=3"));
        assertEquals(slots(Invocation.finished(runs.resolve("tiny"))), baseline);
        Set<String> differing = baseline.keySet().stream()
                .filter(slot -> !Objects.equals(baseline.get(slot), swapped.get(slot)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(differing.contains("select"), differing.toString());
        assertTrue(Set.of("select", "metric", "gallery").containsAll(differing), differing.toString());
        assertEquals(
                Set.of("select", "metric", "gallery"),
                Journal.read(study.events()).facts().stream()
                        .filter(RunFact.Completed.class::isInstance)
                        .map(fact -> ((RunFact.Completed) fact).unit().slot())
                        .collect(Collectors.toSet()));
    }

    /** The artifacts of each slot, in the units' order. */
    private static Map<String, String> slots(Map<String, String> artifacts) {
        Map<String, String> slots = new TreeMap<>();
        artifacts.forEach((unit, artifact) -> slots.merge(unit.split("/", 2)[0], artifact, String::concat));
        return slots;
    }

    @Test
    void without_its_baseline_a_swap_is_compared_with_no_other_swap() {
        Invocation ablation = Invocation.of(
                "ablate",
                plan,
                "--runs",
                runs,
                "-o",
                "attack.stages.optimize.learning-rate=1e38",
                "--swap",
                "optimize.learning-rate=0.005,0.01");

        assertEquals(5, ablation.code(), ablation.err());
        StudyFolder study = StudyFolder.of(runs, "tiny-ablation");
        assertFalse(slots(RunRecord.artifacts(study, "baseline")).containsKey("metric"));
        assertTrue(
                slots(RunRecord.artifacts(study, "optimize.learning-rate=0.01")).containsKey("metric"));
        assertFalse(ablation.out().contains("against the baseline"), ablation.out());
    }

    @Test
    void a_dry_run_says_which_units_are_a_cells_own() {
        Invocation dry = Invocation.of(
                "ablate", plan, "--runs", runs, "--dry-run", "--swap", "optimize.steps=2", "--swap", "~select");

        assertEquals(0, dry.code(), dry.err());
        List<String> lines = dry.out().lines().toList();
        assertEquals("'tiny-ablation' can be run: 3 cells, on cpu", lines.get(0));
        assertTrue(
                lines.get(2).matches("  optimize\\.steps=2: 12 units, \\d+ its own: optimize, select, metric.*"),
                dry.out());
        assertTrue(lines.get(3).startsWith("  without-select: 10 units, "), dry.out());
        assertFalse(Files.exists(runs));
    }

    @Test
    void cells_are_listed_one_to_a_line_with_every_value_of_a_swap_and_of_an_axis() {
        Invocation listed = Invocation.of(
                "ablate",
                plan,
                "--list-cells",
                "--axis",
                "seeds.attack=1,2",
                "--swap",
                "optimize.loss=poincare,max-margin",
                "-o",
                "attack.stages.optimize.loss=cross-entropy");

        assertEquals(0, listed.code(), listed.err());
        assertEquals(
                List.of(
                        "attack=1,baseline",
                        "attack=1,optimize.loss=poincare",
                        "attack=1,optimize.loss=max-margin",
                        "attack=2,baseline",
                        "attack=2,optimize.loss=poincare",
                        "attack=2,optimize.loss=max-margin"),
                listed.out().lines().toList());
    }

    @Test
    void an_axis_of_the_command_line_is_one_of_the_plans() throws IOException {
        Path written = folder.resolve("written.yaml");
        Files.writeString(written, Files.readString(plan) + "study: { axes: { seeds.attack: [ 1, 2 ] } }\n");

        Invocation given = Invocation.of("run", plan, "--runs", runs, "--axis", "seeds.attack=1,2", "--dry-run");
        Invocation inPlan = Invocation.of("run", written, "--runs", runs, "--dry-run");

        assertEquals(0, given.code(), given.err());
        assertEquals(inPlan.out(), given.out());
    }

    @Test
    void what_cannot_be_varied_is_refused_with_the_way_out() {
        refused("there is no target 'negative'; targets: target", "ablate", plan, "--swap", "optimize.target=negative");
        refused("the attack 'ppa' has no such stage", "ablate", plan, "--swap", "prepare.epochs=3");
        refused(
                "there is no key 'optmize' here; known keys: accept, attack",
                "ablate",
                plan,
                "--swap",
                "optmize.loss=poincare");
        refused("there is no optimizer 'latent-adm'; did you mean", "ablate", plan, "--swap", "optimize=latent-adm");
        refused("the plan has no such key to drop", "ablate", plan, "--swap", "~metrics.9");
        refused("names no key with its values", "ablate", plan, "--swap", "optimize.loss");
        refused("there is no key 'atack' here; did you mean 'attack'?", "run", plan, "--axis", "seeds.atack=1,2");
        refused("names no key with its values", "run", plan, "--axis", "seeds.attack=");
        refused("drop one of the two", "run", plan, "--axis", "seeds.attack=1,2", "-o", "seeds.attack=3");
        refused("makes 3 cells, more than 2", "run", plan, "--axis", "seeds.attack=1,2,3", "--max-cells", "2");
        refused("--max-cells: a study has at least one cell", "run", plan, "--max-cells", "0");
        refused("--list-cells runs nothing", "run", plan, "--list-cells", "--view");
        refused("--swap", "ablate", plan);
    }

    private void refused(String message, Object... words) {
        Invocation refused = Invocation.of(words);
        assertEquals(2, refused.code(), refused.out());
        assertTrue(refused.err().contains(message), refused.err());
        assertFalse(Files.exists(runs));
    }
}
