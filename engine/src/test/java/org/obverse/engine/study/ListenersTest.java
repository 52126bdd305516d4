package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.study.PlanText.with;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.plugin.Registry;

/** A plan's listeners, which a plugin brings. */
final class ListenersTest {
    private static final String PLAN = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 3, batch: 5 } }
            generator: { use: plane }
            attack: { use: tiny }
            metrics: [ { use: count } ]
            listeners: [ { use: ear } ]
            execution: { workers: 1 }
            study: { axes: { attack.stages.optimize.factor: [0.5, 0.25] } }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void a_listener_draws_the_loss_of_a_training_from_typed_events_alone() {
        List<Double> live = new ArrayList<>();
        List<Double> told = new ArrayList<>();

        run(new RunListener() {
            @Override
            public void progressed(Progress progress, RunView run) {
                if (progress instanceof Progress.OfUnit unit
                        && unit.unit().slot().equals("target")
                        && unit.figures().containsKey("loss")) {
                    live.add(unit.figures().get("loss"));
                }
            }

            @Override
            public void completed(RunFact.Completed fact, RunView run) {
                if (fact.unit().slot().equals("target")) {
                    fact.summary().epochs().forEach(epoch -> told.add(epoch.getOrDefault("loss", Double.NaN)));
                }
            }
        });

        assertEquals(3, told.size());
        assertTrue(told.get(2) < told.get(0), told.toString());
        assertTrue(!live.isEmpty() && live.stream().allMatch(Double::isFinite), live.toString());
    }

    @Test
    void a_listener_is_lent_the_run_with_its_cells_and_the_products_so_far() {
        List<String> seen = new ArrayList<>();

        run(new RunListener() {
            @Override
            public void planned(RunFact.Planned fact, RunView run) {
                seen.add(run.name());
                run.cells().forEach(cell -> seen.add(cell.name() + " " + cell.coordinates()));
            }

            @Override
            public void completed(RunFact.Completed fact, RunView run) {
                RunView.Product product = run.product(fact.unit()).orElseThrow();
                assertEquals(fact.artifact(), product.artifact());
                assertTrue(Files.isRegularFile(product.file()), product.toString());
                boolean all = run.cells().get(1).units().stream()
                        .allMatch(unit -> run.product(unit).isPresent());
                if (all) {
                    seen.add("the second cell is whole with " + fact.unit());
                }
            }
        });

        assertEquals(
                List.of(
                        "one",
                        "factor=0.5 {attack.stages.optimize.factor=0.5}",
                        "factor=0.25 {attack.stages.optimize.factor=0.25}",
                        "the second cell is whole with gallery/1"),
                seen);
    }

    @Test
    void a_listener_that_fails_ends_the_run_which_says_whose_it_is_and_goes_on_without_it() {
        RunListener broken = new RunListener() {
            @Override
            public void completed(RunFact.Completed fact, RunView run) {
                throw new IllegalStateException("no paper");
            }
        };

        Runs.StudyResult failed = result(broken, PLAN, "one");

        assertEquals(Outcome.FAILED, failed.outcome());
        PluginFailedException reason =
                assertInstanceOf(PluginFailedException.class, failed.reasons().get(0));
        String message = String.valueOf(reason.getMessage());
        assertTrue(message.contains("'ear'") && message.contains("data/0") && message.contains("no paper"), message);
        List<RunFact> facts = Journal.read(
                        StudyFolder.of(folder.resolve("runs"), "one").events())
                .facts();
        assertInstanceOf(RunFact.Completed.class, facts.get(facts.size() - 2), "journalled before it was told");
        assertEquals(Outcome.DONE, result(new RunListener() {}, PLAN, "one").outcome());
    }

    @Test
    void a_best_effort_listener_may_fail() {
        RunListener broken = new RunListener() {
            @Override
            public void offered(RunFact.Offered fact, RunView run) {
                throw new NoClassDefFoundError("third/Party");
            }
        };

        String plan = with(PLAN, "{ use: ear }", "{ use: ear, best-effort: true }");

        assertEquals(Outcome.DONE, result(broken, plan, "one").outcome());
    }

    private void run(RunListener listener) {
        assertEquals(Outcome.DONE, result(listener, PLAN, "one").outcome());
    }

    private Runs.StudyResult result(RunListener listener, String plan, String name) {
        return new Runner(Registry.of(List.of(new TinyPlugin(), new Listening(listener))), folder)
                .run(plan, name, "runs");
    }

    private record Listening(RunListener listener) implements Plugin {
        private record Nothing() {}

        @Override
        public String id() {
            return "listening";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Component<?, ?>> components() {
            return List.of(new Component<>(Kind.LISTENER, "ear", "", new Nothing(), (nothing, resources) -> listener));
        }
    }
}
