package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.engine.study.Manifest;

/**
 * A plugin that throws anything, anywhere, ends the run with 3, a message with jar, component and unit (or key), and a
 * journal from which the run goes on once the jar is mended.
 */
final class FaultyPluginTest {
    private static final String PLAN = """
            name: faulty
            data: { use: toy2d-blobs, points: 30 }
            target:
              classifier: { use: toy2d-mlp }
              defense: [ { use: faulty-defense } ]
              training: { optimizer: sgd, learning-rate: 0.001, epochs: 1, batch: 30, milestones: [] }
            generator: { use: toy2d-plane }
            attack: { use: faulty-attack, classes: [2] }
            metrics: [ { use: undefined-metric }, { use: faulty-metric } ]
            listeners: [ { use: faulty-listener } ]
            execution: { device: cpu, workers: 1 }
            """;

    private static final Set<String> UNITS =
            Set.of("data/0", "target/0", "generator/0", "sample/0", "optimize/0", "metric/0", "metric/1", "gallery/0");

    @TempDir
    private Path folder = Path.of("");

    private Path plan = Path.of("");
    private Path plugins = Path.of("");
    private Path runs = Path.of("");

    @BeforeEach
    void write_the_plan() throws IOException {
        plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
        plugins = folder.resolve("plugins");
        runs = folder.resolve("runs");
    }

    private Invocation run() {
        return Invocation.of("run", plan, "--plugins", plugins, "--runs", runs);
    }

    private Invocation resume(String... more) {
        Object[] words = new Object[6 + more.length];
        System.arraycopy(new Object[] {"resume", "faulty", "--plugins", plugins, "--runs", runs}, 0, words, 0, 6);
        System.arraycopy(more, 0, words, 6, more.length);
        return Invocation.of(words);
    }

    /** Nothing was made by the jar's code that could be kept. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            optimizer.factory | AssertionError        | attack.stages.optimize: the factory of optimizer 'faulty-optimizer'
            defense.factory   | IOException           | target.defense.0: the factory of defense 'faulty-defense'
            metric.factory    | NoClassDefFoundError  | metrics.1: the factory of metric 'faulty-metric'
            listener.factory  | StackOverflowError    | listeners.0: the factory of listener 'faulty-listener'
            defense.parts     | IllegalStateException | target.defense.0: the parts of defense 'faulty-defense'
            taps              | IllegalStateException | target.defense.0: a part of defense 'faulty-defense'
            preflight         | Rude                  | attack.stages.optimize: the preflight of optimizer 'faulty-optimizer'
            """)
    void before_the_first_unit_it_ends_the_run_says_who_and_where_and_goes_on_once_it_is_mended(
            String place, String thrown, String said) {
        fails(place, thrown, said);
        assertEquals(Set.of(), Invocation.finished(runs.resolve("faulty")).keySet());

        FaultyJar.mended(plugins);
        Invocation resumed = resume();

        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(UNITS, Invocation.finished(runs.resolve("faulty")).keySet());
    }

    /** What the jar's former code made is kept if the user says so. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            loss              | NoClassDefFoundError  | unit target/0: component 'toy2d-mlp' of
            optimize          | OutOfMemoryError      | unit optimize/0: component 'faulty-optimizer' of
            measure           | Rude                  | unit metric/1: component 'faulty-metric' of
            completed         | StackOverflowError    | listeners.0: listener 'faulty-listener' of plugin 'faulty', told that unit target/0 is completed, failed
            ended             | IOException           | listeners.0: listener 'faulty-listener' of plugin 'faulty', told that the run ended, failed
            """)
    void ends_the_run_says_who_and_where_and_goes_on_once_it_is_mended(String place, String thrown, String said) {
        fails(place, thrown, said);
        Set<String> kept = Invocation.finished(runs.resolve("faulty")).keySet();

        FaultyJar.mended(plugins);
        Invocation refused = resume();
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains("--accept-changed faulty"), refused.err());

        Invocation resumed = resume("--accept-changed", "faulty");
        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(
                List.of(),
                resumed.out()
                        .lines()
                        .filter(line ->
                                line.contains(" done in ") && kept.stream().anyMatch(line::contains))
                        .toList());
        assertEquals(UNITS, Invocation.finished(runs.resolve("faulty")).keySet());
        assertEquals(
                List.of("faulty"),
                Manifest.read(runs.resolve("faulty")).accepted().stream()
                        .map(Manifest.Change::plugin)
                        .toList());
    }

    private void fails(String place, String thrown, String said) {
        Path jar = FaultyJar.write(plugins, place + " " + thrown);

        Invocation failed = run();

        String message = failed.err().replaceFirst("(?s).*\\nobverse: ", "obverse: ");
        assertAll(
                () -> assertEquals(3, failed.code(), failed.err()),
                () -> assertTrue(message.contains(said), failed.err()),
                () -> assertTrue(message.contains(thrown), failed.err()),
                () -> assertTrue(message.contains(jar.toString()), failed.err()),
                () -> assertTrue(
                        message.contains("obverse resume faulty --runs '" + runs + "' --plugins '" + plugins
                                + "' --accept-changed faulty"),
                        failed.err()),
                () -> assertTrue(Files.exists(runs.resolve("faulty/events.jsonl"))));
    }

    @Test
    void a_report_that_fails_does_not_hide_why_the_run_failed() throws IOException {
        FaultyJar.write(plugins, "optimize IllegalStateException");
        Files.createDirectories(runs.resolve("faulty/report.html/taken"));

        Invocation failed = run();

        assertEquals(3, failed.code(), failed.err());
        assertTrue(failed.err().contains("unit optimize/0: component 'faulty-optimizer'"), failed.err());
        assertTrue(failed.err().contains("cannot write the report"), failed.err());
        assertTrue(failed.err().contains("obverse resume faulty"), failed.err());

        FaultyJar.mended(plugins);
        Invocation resumed = resume("--accept-changed", "faulty");
        assertEquals(5, resumed.code(), resumed.err());
        assertTrue(resumed.err().contains("cannot write the report"), resumed.err());
    }

    @Test
    void a_study_whose_one_cell_fails_reports_the_other_as_whole() throws IOException {
        FaultyJar.write(plugins, "optimize-1 IllegalStateException");
        Files.writeString(plan, PLAN + "study: { axes: { attack.stages.optimize.variant: [0, 1, 2] } }\n");

        Invocation failed = run();

        assertEquals(3, failed.code(), failed.err());
        assertTrue(failed.err().contains("unit optimize/1: component 'faulty-optimizer'"), failed.err());
        String report = Files.readString(runs.resolve("faulty/report.html"));
        assertTrue(report.contains("3 runs over variant; 2 are done"), report);
        assertTrue(report.contains("<li>variant 1: failed: optimize/1: "), report);

        FaultyJar.mended(plugins);
        Invocation resumed = resume("--accept-changed", "faulty");
        assertEquals(0, resumed.code(), resumed.err());
        assertTrue(resumed.out().contains("optimize/1 of variant=1 done in "), resumed.out());
        assertFalse(resumed.out().contains("target/0 done in "), resumed.out());
    }

    /** Without these there is no plan that could be written down. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            check          | AssertionError       | target.defense.0: the configuration of defense 'faulty-defense'
            requirements   | NoClassDefFoundError | attack.stages.optimize: the requirements of optimizer 'faulty-optimizer'
            attack.factory | Rude                 | attack: the factory of attack 'faulty-attack'
            """)
    void while_the_plan_is_read_it_ends_the_command_and_a_mended_jar_can_be_run(
            String place, String thrown, String said) {
        Path jar = FaultyJar.write(plugins, place + " " + thrown);

        Invocation failed = run();

        assertEquals(3, failed.code(), failed.err());
        assertTrue(failed.err().contains(said), failed.err());
        assertTrue(failed.err().contains(thrown), failed.err());
        assertTrue(failed.err().contains(jar.toString()), failed.err());
        FaultyJar.mended(plugins);
        Invocation mended = run();
        assertEquals(0, mended.code(), mended.err());
    }

    @Test
    void a_declared_failure_of_a_metric_is_a_result_and_the_run_goes_on() {
        FaultyJar.mended(plugins);

        Invocation run = run();

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("undefined-metric is undefined: there is nothing to measure"), run.out());
        assertTrue(Invocation.finished(runs.resolve("faulty")).containsKey("metric/0"));
    }

    @Test
    void a_listener_that_is_declared_best_effort_may_fail() throws IOException {
        FaultyJar.write(plugins, "completed AssertionError");
        Files.writeString(plan, PLAN.replace("use: faulty-listener", "use: faulty-listener, best-effort: true"));

        Invocation run = run();

        assertEquals(0, run.code(), run.err());
    }
}
