package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.study.PlanText.with;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.SharedFolder;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.RunRecord;

/** Studies in two folders, as on two machines, that share a store. */
final class SharedStoreTest {
    private static final String ALONE = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 1, batch: 5 } }
            evaluation: { judge: { classifier: { use: linear }, training: { epochs: 1, batch: 5 }, seed: 2 } }
            generator: { use: plane }
            attack: { use: tiny, stages: { select: { use: first } } }
            metrics: [ { use: judged }, { use: count } ]
            execution: { workers: 2 }
            """;
    private static final String SHARING = with(ALONE, "workers: 2", "workers: 2, store: { use: shared, path: lab }");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final AtomicBoolean away = new AtomicBoolean();

    private Runner runner() {
        return new Runner(Registry.of(List.of(new TinyPlugin(), new Sharing())), folder);
    }

    /** One component, a folder that all machines see. */
    private final class Sharing implements Plugin {
        @Override
        public String id() {
            return "sharing";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Component<?, ?>> components() {
            return List.of(new Component<>(
                    Kind.STORE,
                    "shared",
                    "",
                    new Place("nowhere"),
                    (place, resources) -> new SharedFolder(resources.workspace().path(place.path()), away)));
        }
    }

    record Place(@Meaning("the folder") String path) {}

    private SharedFolder lab() {
        return new SharedFolder(folder.resolve("lab"));
    }

    @Test
    void what_one_machine_made_is_read_on_another() throws IOException {
        Runner here = runner();
        Runner there = runner();
        assertEquals(Outcome.DONE, here.run(SHARING, "one", "here").outcome());

        assertEquals(Outcome.DONE, there.run(SHARING, "one", "there").outcome());

        assertFalse(here.offered().isEmpty());
        assertEquals(List.of(), there.offered());
        assertEquals(
                List.copyOf(here.made().keySet()),
                there.reused().stream().sorted().toList());
        assertEquals(artifacts("here"), artifacts("there"));
        assertEquals(List.of(), lab().list("leases/"));
    }

    @Test
    void a_store_is_no_ingredient_of_anything() {
        Runner alone = runner();
        Runner sharing = runner();

        assertEquals(Outcome.DONE, alone.run(ALONE, "one", "alone").outcome());
        assertEquals(Outcome.DONE, sharing.run(SHARING, "one", "sharing").outcome());

        assertEquals(alone.artifacts(), sharing.artifacts());
        assertEquals(digests("alone"), digests("sharing"));
    }

    private Map<String, String> digests(String runs) {
        StudyFolder study = StudyFolder.of(folder.resolve(runs), "one");
        return study.units(study.cells().iterator().next());
    }

    private Map<String, String> artifacts(String runs) {
        StudyFolder study = StudyFolder.of(folder.resolve(runs), "one");
        return RunRecord.artifacts(study, study.cells().iterator().next());
    }

    @Test
    void a_store_that_is_away_fails_the_run_and_what_is_made_meanwhile_is_put_there_later() {
        away.set(true);
        Runs.StudyResult result = runner().run(SHARING, "one", "here");

        assertEquals(Outcome.FAILED, result.outcome());
        assertTrue(
                String.valueOf(result.reasons().get(0).getMessage())
                        .startsWith("store 'shared' of plugin 'sharing' cannot get references/"),
                () -> result.reasons().toString());

        assertEquals(Outcome.DONE, runner().run(ALONE, "two", "here").outcome());
        away.set(false);
        Runner again = runner();
        assertEquals(Outcome.DONE, again.run(SHARING, "one", "here").outcome());
        assertEquals(List.of(), again.offered());
        Runner there = runner();
        assertEquals(Outcome.DONE, there.run(SHARING, "one", "there").outcome());
        assertEquals(List.of(), there.offered(), "what was made without the store is there now");
    }

    @Test
    void a_rehearsal_asks_no_store() {
        away.set(true);
        Runner runner = runner();

        assertFalse(runner.runs()
                .rehearse(runner.study(SHARING, "one"), runner.setting("here"), runner.audience(), new AtomicBoolean())
                .units()
                .isEmpty());
    }

    @Test
    void a_store_that_is_unknown_or_has_unknown_keys_is_a_problem_of_the_plan() {
        assertEquals("execution.store.use", problem(with(SHARING, "use: shared", "use: share")));
        assertEquals("execution.store.pat", problem(with(SHARING, "path: lab", "pat: lab")));
        assertEquals("execution.store", problem(with(SHARING, "{ use: shared, path: lab }", "[ shared ]")));
    }

    private String problem(String plan) {
        Runner runner = runner();
        InvalidConfigurationException e =
                assertThrows(InvalidConfigurationException.class, () -> runner.study(plan, "one"));
        return e.problems().stream().map(Problem::path).findFirst().orElse("");
    }
}
