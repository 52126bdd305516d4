package org.obverse.cli.report;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.event.RunEvent;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.run.Manifest;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;
import tools.jackson.databind.json.JsonMapper;

/** Writes the folder and the artifacts of one run, without running anything. */
final class WrittenRun {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Cell cell;
    private final Path folder;
    private final ArtifactStore store;
    private final List<RunEvent> events = new ArrayList<>();
    private final List<String> units = new ArrayList<>();

    WrittenRun(Cell cell, Path folder, ArtifactStore store) {
        this.cell = cell;
        this.folder = folder;
        this.store = store;
    }

    WrittenRun unit(String unit, String kind, Map<String, NDArray> tensors, Map<String, String> facts) {
        Map<String, String> metadata = new LinkedHashMap<>(facts);
        metadata.put("product", kind);
        String digest = Sha256.of(cell.name() + unit);
        units.add(unit);
        events.add(new RunEvent.Requested(unit, "component"));
        events.add(new RunEvent.Completed(unit, digest, store.save(digest, new Tensors(tensors, metadata))));
        return this;
    }

    WrittenRun data(String classes) {
        return data(classes, Map.of());
    }

    WrittenRun data(String classes, Map<String, String> more) {
        Map<String, String> facts =
                new LinkedHashMap<>(Map.of("classes", classes, "training", "400", "training-sha256", "ab"));
        facts.putAll(more);
        return unit("data", "data", Map.of(), facts);
    }

    WrittenRun trained(String unit, NDArray weight, List<EpochFigures> history) {
        return unit(unit, "weights", Map.of("weight", weight), Map.of("history", JSON.writeValueAsString(history)));
    }

    WrittenRun found(String unit, Map<String, NDArray> curves, Map<String, Long> queries) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        curves.forEach((name, curve) -> tensors.put("curve." + name, curve));
        return unit(unit, "candidates", tensors, Map.of("form", "points", "queries", JSON.writeValueAsString(queries)));
    }

    WrittenRun measured(String unit, List<Figure> figures, List<Table> tables) {
        return measured(unit, figures, tables, Map.of(), "");
    }

    WrittenRun measured(
            String unit, List<Figure> figures, List<Table> tables, Map<String, NDArray> pictures, String caption) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        Map<String, String> captions = new LinkedHashMap<>();
        pictures.forEach((name, pixels) -> {
            tensors.put("picture." + name, pixels);
            captions.put(name, caption);
        });
        return unit(
                unit,
                "scores",
                tensors,
                Map.of(
                        "figures", JSON.writeValueAsString(figures),
                        "tables", JSON.writeValueAsString(tables),
                        "captions", JSON.writeValueAsString(captions)));
    }

    WrittenRun undefined(String unit, String reason) {
        return unit(unit, "undefined", Map.of(), Map.of("reason", reason));
    }

    /**
     * @param samples {@code [C, k, 3, H, W]}
     * @param reconstructions likewise
     */
    WrittenRun gallery(NDManager manager, int classes, NDArray samples, NDArray reconstructions) {
        long[] numbers = new long[classes];
        for (int i = 0; i < classes; i++) {
            numbers[i] = i;
        }
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        tensors.put("classes", manager.create(numbers));
        tensors.put("samples", samples);
        tensors.put("reconstructions", reconstructions);
        return unit("gallery", "weights", tensors, Map.of("history", "[]"));
    }

    /** Writes what is there, and units that are yet to come. */
    void end(List<String> toCome, RunEvent... last) {
        List<String> planned = new ArrayList<>(units);
        planned.addAll(toCome);
        StringBuilder journal = new StringBuilder();
        journal.append(JSON.writeValueAsString(new RunEvent.Planned("plan", planned)))
                .append('\n');
        events.forEach(event -> journal.append(JSON.writeValueAsString(event)).append('\n'));
        for (RunEvent event : last) {
            journal.append(JSON.writeValueAsString(event)).append('\n');
        }
        Manifest manifest = new Manifest("2.7.1", Map.of("engine", Sha256.of("engine")), Map.of(), Map.of(), List.of());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("manifest.json"), JSON.writeValueAsString(manifest));
            Files.writeString(folder.resolve("plan.yaml"), PlanWriter.yaml(cell.plan()));
            Files.writeString(folder.resolve("events.jsonl"), journal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void done() {
        end(List.of(), new RunEvent.Ended(RunEvent.Outcome.DONE, ""));
    }
}
