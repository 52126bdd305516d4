package org.obverse.plugins.mlflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The folder, held against the layout of MLflow's file store (mlflow/store/tracking/file_store.py, its constants and meta.yaml). */
final class FolderStoreTest {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final List<String> words = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private MlflowListener listener() {
        return new MlflowListener(new FolderStore(folder.resolve("mlruns")), Patience.DEFAULT, words::add);
    }

    private List<Path> withMeta(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(path -> Files.isRegularFile(path.resolve("meta.yaml")))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode meta(Path of) throws IOException {
        return YAML.readTree(Files.readString(of.resolve("meta.yaml")));
    }

    private Path experiment() throws IOException {
        for (Path experiment : withMeta(folder.resolve("mlruns"))) {
            if (meta(experiment).path("name").asString().equals("study")) {
                return experiment;
            }
        }
        throw new AssertionError("no experiment");
    }

    private Path run(String cell) throws IOException {
        for (Path run : withMeta(experiment())) {
            if (Files.readString(run.resolve("tags/obverse.cell")).equals(cell)) {
                return run;
            }
        }
        throw new AssertionError("no run");
    }

    @Test
    void the_folder_has_the_layout_of_the_file_store() throws IOException {
        Files.writeString(folder.resolve("report.html"), "<html>");

        new Course(folder).run(listener());

        assertEquals(List.of(), words);
        JsonNode ofDefault = meta(folder.resolve("mlruns/0"));
        assertEquals("Default", ofDefault.path("name").asString());
        JsonNode experiment = meta(experiment());
        assertEquals(
                Set.of(
                        "artifact_location",
                        "creation_time",
                        "experiment_id",
                        "last_update_time",
                        "lifecycle_stage",
                        "name"),
                new TreeSet<>(experiment.propertyNames()));
        assertEquals(
                experiment().getFileName().toString(),
                experiment.path("experiment_id").asString());
        assertTrue(experiment.path("experiment_id").isString()
                && experiment.path("creation_time").isIntegralNumber());
        assertTrue(experiment.path("artifact_location").asString().startsWith("file:///"));

        Path run = run("cell=1");
        JsonNode meta = meta(run);
        assertEquals(
                Set.of(
                        "artifact_uri",
                        "end_time",
                        "entry_point_name",
                        "experiment_id",
                        "lifecycle_stage",
                        "run_id",
                        "run_name",
                        "run_uuid",
                        "source_name",
                        "source_type",
                        "source_version",
                        "start_time",
                        "status",
                        "tags",
                        "user_id"),
                new TreeSet<>(meta.propertyNames()));
        assertEquals(run.getFileName().toString(), meta.path("run_id").asString());
        assertTrue(meta.path("run_id").asString().matches("[0-9a-f]{32}"));
        assertEquals(3, meta.path("status").asInt());
        assertTrue(meta.path("end_time").asLong() >= meta.path("start_time").asLong());
        assertEquals(
                "file://" + run.resolve("artifacts"), meta.path("artifact_uri").asString());
        assertEquals("cell=1", Files.readString(run.resolve("tags/mlflow.runName")));
        assertEquals("2", Files.readString(run.resolve("params/target.training.epochs")));
        assertEquals("<html>", Files.readString(run.resolve("artifacts/report.html")));
        assertTrue(
                Files.readString(run.resolve("metrics/target/epoch/loss")).matches("\\d{13} NaN 1\n\\d{13} 1\\.0 2\n"));
        assertTrue(Files.readString(run.resolve("metrics/metric/attack-accuracy/Acc_1"))
                .matches("\\d{13} 0\\.5 0\n"));
    }

    @Test
    void a_resumed_run_goes_on_with_its_runs_and_doubles_nothing_even_after_a_torn_line() throws IOException {
        MlflowListener killed = listener();
        Course course = new Course(folder);
        course.plan(killed);
        course.progress(killed, 1, 3);
        course.end(killed, Outcome.INTERRUPTED);
        assertEquals(5, meta(run("cell=0")).path("status").asInt());
        Path metric = run("cell=0").resolve("metrics/target/progress/loss");
        Files.writeString(metric, "17644", StandardOpenOption.APPEND);

        MlflowListener resumed = listener();
        course.plan(resumed);
        course.progress(resumed, 2, 4);
        course.end(resumed, Outcome.INTERRUPTED);

        assertEquals(2, withMeta(experiment()).size());
        assertEquals(2, withMeta(folder.resolve("mlruns")).size());
        assertEquals(
                List.of("1", "2", "3", "4"),
                Files.readString(metric)
                        .lines()
                        .map(line -> line.split(" ", -1)[2])
                        .toList());
        assertEquals(List.of(), words);
    }

    @Test
    void a_run_that_was_deleted_in_mlflow_is_begun_anew() throws IOException {
        new Course(folder).run(listener());
        Path deleted = run("cell=0");
        Files.writeString(
                deleted.resolve("meta.yaml"),
                Files.readString(deleted.resolve("meta.yaml")).replace("active", "deleted"));

        new Course(folder).run(listener());

        assertEquals(3, withMeta(experiment()).size());
    }
}
