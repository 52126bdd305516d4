package org.obverse.engine.record;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.obverse.api.attack.Stage;
import org.obverse.api.event.RunEvent;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.record.Progress.State;
import org.obverse.engine.record.RunRecord.Queries;
import org.obverse.engine.record.RunRecord.Training;
import org.obverse.engine.run.Journal;
import org.obverse.engine.run.Manifest;

/** Folds a run's journal and opens what its finished units produced. */
final class RunReader {
    private static final String GALLERY = "gallery";

    private final Path folder;
    private final ArtifactStore store;
    private final NDManager manager;
    private final Map<String, String> finished = new LinkedHashMap<>();
    private List<String> units = List.of();
    private Progress progress = new Progress(State.NOT_BEGUN, "");

    RunReader(Path folder, ArtifactStore store, NDManager manager) {
        this.folder = folder;
        this.store = store;
        this.manager = manager;
    }

    RunRecord read() {
        events(folder.resolve("events.jsonl")).forEach(this::fold);
        Map<String, String> artifacts = new LinkedHashMap<>();
        units.stream()
                .filter(finished::containsKey)
                .forEach(unit -> artifacts.put(unit, finished.getOrDefault(unit, "")));
        List<StoredProduct> products = new ArrayList<>();
        artifacts.forEach((unit, artifact) -> products.add(new StoredProduct(unit, artifact, store.open(artifact))));
        Path plan = folder.resolve("plan.yaml");
        boolean begun = Files.exists(plan);
        return new RunRecord(
                progress,
                units,
                artifacts,
                begun ? text(plan) : "",
                begun ? Manifest.read(folder) : new Manifest("", Map.of(), Map.of(), Map.of(), List.of()),
                products.stream()
                        .filter(product -> product.isA("data"))
                        .findFirst()
                        .map(StoredProduct::facts)
                        .orElse(Map.of()),
                products.stream()
                        .filter(StoredProduct::isScore)
                        .map(product -> product.score(manager))
                        .toList(),
                products.stream()
                        .filter(StoredProduct::isTraining)
                        .map(product -> new Training(product.unit(), product.artifact(), product.epochs()))
                        .toList(),
                curves(products),
                queries(products),
                halved(products),
                products.stream()
                        .filter(product -> product.unit().equals(GALLERY))
                        .findFirst()
                        .map(product -> product.gallery(manager))
                        .orElse(List.of()));
    }

    private static List<RunEvent> events(Path journal) {
        List<RunEvent> events = Journal.read(journal);
        try {
            EventGrammar.check(events);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(journal + " is no journal of a run: " + e.getMessage(), e);
        }
        return events;
    }

    private void fold(RunEvent event) {
        if (event instanceof RunEvent.Planned planned) {
            units = planned.units();
            progress = new Progress(State.UNFINISHED, "");
        } else if (event instanceof RunEvent.Completed completed) {
            finished.put(completed.unit(), completed.artifact());
        } else if (event instanceof RunEvent.Reused reused) {
            finished.put(reused.unit(), reused.artifact());
        } else if (event instanceof RunEvent.Ended ended) {
            progress = switch (ended.outcome()) {
                case DONE -> new Progress(State.DONE, "");
                case FAILED -> new Progress(State.FAILED, ended.reason());
                case INTERRUPTED -> new Progress(State.INTERRUPTED, ended.reason());
            };
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** What a stage made: candidates, or what a preparer prepared. */
    private static List<StoredProduct> of(Stage stage, List<StoredProduct> products) {
        return products.stream()
                .filter(product -> product.isA("candidates") || product.isA("prepared"))
                .filter(product -> product.stage().equals(stage.label()))
                .toList();
    }

    private List<CurveBand> curves(List<StoredProduct> products) {
        Map<String, CurveBand> curves = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            List<TensorFile> files = of(stage, products).stream()
                    .filter(product -> product.isA("candidates"))
                    .map(StoredProduct::file)
                    .toList();
            for (String name : StoredCurves.names(files)) {
                curves.computeIfAbsent(
                        name, key -> new CurveBand(stage.label(), name, StoredCurves.points(name, files, manager)));
            }
        }
        return List.copyOf(curves.values());
    }

    private static Map<String, Integer> halved(List<StoredProduct> products) {
        Map<String, Integer> halved = new LinkedHashMap<>();
        products.forEach(product -> product.halvedBatch().ifPresent(batch -> halved.put(product.unit(), batch)));
        return halved;
    }

    private static List<Queries> queries(List<StoredProduct> products) {
        return Arrays.stream(Stage.values())
                .filter(stage -> !of(stage, products).isEmpty())
                .map(stage -> {
                    Map<String, Long> images = new TreeMap<>();
                    of(stage, products)
                            .forEach(product ->
                                    product.queries().forEach((kind, count) -> images.merge(kind, count, Long::sum)));
                    return new Queries(stage.label(), images);
                })
                .toList();
    }
}
