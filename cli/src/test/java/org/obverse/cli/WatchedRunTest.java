package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the listeners that come with the program leave of a run. */
final class WatchedRunTest {
    private static final String PLAN = """
            name: watched
            data: { use: toy2d-blobs, points: 90 }
            target:
              classifier: { use: toy2d-mlp }
              training: { optimizer: sgd, learning-rate: 0.01, epochs: 3, batch: 30, milestones: [] }
            generator: { use: toy2d-plane }
            attack: { use: toy2d, classes: [2], stages: { optimize: { steps: 20 } } }
            metrics: [ { use: toy2d-route } ]
            listeners: [ { use: tables }, { use: mlflow, uri: tracked, best-effort: true } ]
            execution: { device: cpu }
            study: { axes: { seeds.training: [1, 2] } }
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_run_leaves_tables_and_a_folder_for_mlflow_with_its_report() throws IOException {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);

        Invocation run = Invocation.of("run", plan, "--runs", folder.resolve("runs"));

        assertEquals(0, run.code(), run.err());
        Path tables = folder.resolve("runs/watched/tables");
        List<String> facts = Files.readAllLines(tables.resolve("facts.csv"));
        assertTrue(
                facts.stream().anyMatch(row -> row.matches("watched,1,[^,]*Z,completed,target/0,target,.*")),
                facts::toString);
        assertTrue(facts.get(facts.size() - 1).contains(",done,"), facts::toString);
        List<String> curves = Files.readAllLines(tables.resolve("curves.csv"));
        assertEquals(
                3,
                curves.stream()
                        .filter(row -> row.contains(",target/0,") && row.contains(",epoch,") && row.contains(",loss,"))
                        .count(),
                curves::toString);
        List<String> metrics = Files.readAllLines(tables.resolve("metrics.csv"));
        assertEquals("run,cell,seeds.training,unit,slot,component,name,value", metrics.get(0));
        assertTrue(
                metrics.stream().anyMatch(row -> row.contains(",2,metric/1,metric,toy2d-route,")), metrics::toString);

        assertEquals(2, count("tracked", "artifacts/report.html"), "a run of MLflow for each cell");
        assertEquals(2, count("tracked", "metrics/target/epoch/loss"));
        assertEquals(2, count("tracked", "params/seeds.training"));

        Invocation again = Invocation.of("resume", "watched", "--runs", folder.resolve("runs"));

        assertEquals(0, again.code(), again.err());
        assertEquals(curves, Files.readAllLines(tables.resolve("curves.csv")));
        assertEquals(
                Set.copyOf(metrics),
                Set.copyOf(Files.readAllLines(tables.resolve("metrics.csv"))),
                "in the order in which they are told");
        assertEquals(
                metrics.size(),
                Files.readAllLines(tables.resolve("metrics.csv")).size());
        assertEquals(
                facts.size() + 2,
                Files.readAllLines(tables.resolve("facts.csv")).size());
        assertEquals(2, count("tracked", "artifacts/report.html"), "the same runs");
    }

    private long count(String in, String file) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(in))) {
            return all.filter(path -> path.endsWith(file)).count();
        }
    }
}
