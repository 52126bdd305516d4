package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.study.PlanText.with;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.DryRun.PlannedUnit;
import org.obverse.engine.study.DryRun.Presence;

final class DryRunTest {
    private static final String PLAN = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } }
            generator: { use: plane }
            attack: { use: tiny }
            metrics: [ { use: count } ]
            execution: { workers: 1, batch: 8 }
            """;
    private static final String TWO_CELLS = PLAN + "study: { axes: { attack.stages.optimize.factor: [0.5, 0.25] } }\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final TinyPlugin plugin = new TinyPlugin();

    @Test
    void it_shows_the_units_of_a_study_with_what_they_read_and_the_cells_that_share_them_and_writes_nothing() {
        DryRun would = rehearse(TWO_CELLS, "one");

        assertEquals(
                List.of(
                        "data/0",
                        "target/0",
                        "generator/0",
                        "sample/0",
                        "optimize/0",
                        "metric/0",
                        "gallery/0",
                        "optimize/1",
                        "metric/1",
                        "gallery/1"),
                would.units().stream().map(unit -> unit.name().toString()).toList());
        PlannedUnit optimize = would.units().get(4);
        assertEquals("shrink", optimize.component());
        assertEquals(
                List.of("target/0", "generator/0", "sample/0"),
                optimize.inputs().stream().map(Object::toString).toList());
        assertEquals(List.of("factor=0.5"), optimize.cells());
        assertEquals(List.of("factor=0.5", "factor=0.25"), would.units().get(3).cells());
        assertFalse(Files.exists(folder.resolve("runs")));
        assertEquals(0, plugin.optimized.get());
    }

    @Test
    void what_is_stored_is_reused_and_of_the_rest_it_says_which_ingredient_or_input_differs() {
        runner().run(PLAN, "one", "runs");
        runner().run(with(PLAN, "epochs: 2", "epochs: 1") + "seeds: { training: 7 }\n", "farther", "runs");

        assertEquals(Map.of(), absent(rehearse(PLAN, "two")));
        assertEquals(
                Map.of(
                        "target/0", List.of("training"),
                        "optimize/0", List.of("input target/0"),
                        "metric/0", List.of("input optimize/0"),
                        "gallery/0", List.of("input optimize/0")),
                absent(rehearse(with(PLAN, "epochs: 2", "epochs: 3"), "two")));
        assertEquals(
                List.of("optimize"),
                absent(rehearse(with(PLAN, "use: tiny", "use: tiny, stages: { optimize: { factor: 0.25 } }"), "two"))
                        .get("optimize/0"));
    }

    @Test
    void a_component_that_refuses_hides_neither_what_the_data_lack_nor_what_a_file_of_weights_holds()
            throws IOException {
        Files.write(folder.resolve("three.safetensors"), LinearWeights.of(3, 1));
        String plan = with(
                with(PLAN, "training: { epochs: 2, batch: 5 }", "weights: three.safetensors"),
                "use: tiny",
                "use: tiny, classes: [ 9 ], stages: { select: { use: picky } }");

        List<String> problems =
                assertThrows(InvalidConfigurationException.class, () -> rehearse(plan, "one")).problems().stream()
                        .map(Problem::toString)
                        .toList();

        assertEquals(3, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("attack.stages.select.taste: nothing is good enough"), problems::toString);
        assertTrue(problems.get(1).contains("attack.classes.0: class 9 does not exist"), problems::toString);
        assertTrue(problems.get(2).contains("three.safetensors"), problems::toString);
    }

    @Test
    void a_cell_that_lacks_a_file_shows_no_units() {
        DryRun would = rehearse(with(PLAN, "use: tiny", "use: tiny, stages: { select: { use: absent } }"), "one");

        assertEquals(1, would.missing().size());
        assertEquals(List.of(), would.units());
    }

    /** Beside what cells share, each costs the same, however many they are. */
    @Test
    void ten_times_the_cells_take_at_most_some_ten_times_the_time() {
        rehearse(cells(200), "warm");
        long few = rehearsal(100);
        long many = rehearsal(1000);

        assertTrue(many < 15 * few, "%d ms for 100 cells, %d for 1,000".formatted(few / 1_000_000, many / 1_000_000));
    }

    /** Nanoseconds of this thread. */
    private long rehearsal(int cells) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        assertEquals(4 + 3 * cells, rehearse(cells(cells), "many").units().size());
        return threads.getCurrentThreadCpuTime() - before;
    }

    private static String cells(int number) {
        return PLAN + "study: { axes: { attack.stages.optimize.factor: "
                + IntStream.rangeClosed(1, number)
                        .mapToObj(i -> String.valueOf(i / 1024.0))
                        .toList() + " } }\n";
    }

    /** Why what is not stored is not. */
    private static Map<String, List<String>> absent(DryRun would) {
        Map<String, List<String>> absent = new LinkedHashMap<>();
        for (PlannedUnit unit : would.units()) {
            if (unit.stored() == Presence.ABSENT) {
                absent.put(unit.name().toString(), unit.differing());
            }
        }
        return absent;
    }

    private Runner runner() {
        return new Runner(Registry.of(List.of(plugin)), folder);
    }

    private DryRun rehearse(String plan, String name) {
        Runner runner = runner();
        return runner.runs()
                .rehearse(runner.study(plan, name), runner.setting("runs"), runner.audience(), new AtomicBoolean());
    }
}
