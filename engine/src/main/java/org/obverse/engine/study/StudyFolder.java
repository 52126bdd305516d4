package org.obverse.engine.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.obverse.api.event.RunView;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.DurableFolder;
import org.obverse.engine.artifact.RegularFile;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanWriter;

/**
 * The folder of one study:
 *
 * <pre>
 * study.yaml        as it was read, with overrides
 * manifest.json     whose code and which files it depends on
 * data-0.tsv        the files of its first data set, if it reads any
 * events.jsonl      its facts
 * cells/CELL.yaml   the resolved plan of a cell, and the digests of its units, under which objects/inputs has their products
 * report.html       written at the end
 * </pre>
 */
public record StudyFolder(Path path) {
    private static final String CELLS = "cells";
    private static final String YAML = ".yaml";
    private static final String PLAN = "plan";
    private static final String UNITS = "units";

    /** The folder of a study among all runs. */
    public static StudyFolder of(Path runs, String study) {
        return new StudyFolder(runs.resolve(study));
    }

    /** Every folder among all runs that holds anything of a study, in the order of their names; whether it is whole was not asked. */
    public static List<StudyFolder> all(Path runs) {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.map(StudyFolder::new)
                    .filter(StudyFolder::holdsAnything)
                    .sorted(Comparator.comparing(StudyFolder::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + runs, e);
        }
    }

    private boolean holdsAnything() {
        return StoredStudy.isIn(path)
                || Manifest.isIn(path)
                || Files.exists(events())
                || Files.isDirectory(path.resolve(CELLS));
    }

    /** What the study is called among all runs. */
    public String name() {
        return String.valueOf(path.getFileName());
    }

    /** Whether a process works in it at this moment. */
    public boolean isUnderWay() {
        return FolderLock.isHeld(path);
    }

    public Path events() {
        return path.resolve("events.jsonl");
    }

    /** Of the places that perform its units. */
    Path places() {
        return path.resolve("places");
    }

    Path data(int index) {
        return path.resolve("data-" + index + ".tsv");
    }

    /** The file of a cell. */
    public Path cell(String name) {
        return path.resolve(CELLS).resolve(name + YAML);
    }

    /** The names of its cells; none if it was not begun. */
    public Set<String> cells() {
        if (!Files.isDirectory(path.resolve(CELLS))) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(path.resolve(CELLS))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(YAML))
                    .map(file -> file.substring(0, file.length() - YAML.length()))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the cells of " + path, e);
        }
    }

    /** The resolved plan of a cell, as it was when the study was begun; nothing if it was not. */
    public Optional<String> plan(String cell) {
        Path file = cell(cell);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Yaml.read(text(file), file.toString()).child(PLAN).orElse(Node.nothing()) instanceof Mapping plan
                ? Optional.of(Yaml.write((Mapping) plan.movedTo(0)))
                : Optional.empty();
    }

    /** The digests of a cell's units by their printed names, in their order; none if the study was not begun. */
    public Map<String, String> units(String cell) {
        Map<String, String> units = new LinkedHashMap<>();
        Path file = cell(cell);
        if (Files.isRegularFile(file)
                && Yaml.read(text(file), file.toString()).child(UNITS).orElse(Node.nothing())
                        instanceof Mapping stored) {
            stored.entries().forEach((unit, digest) -> {
                if (digest instanceof Scalar known) {
                    units.put(unit, known.value().toString());
                }
            });
        }
        return units;
    }

    /** Writes the files of all cells, and removes others; they were the study's own under another name. */
    void write(List<Cell> cells, RunGraph graph) {
        Path folder = path.resolve(CELLS);
        Set<String> others = new TreeSet<>(cells());
        Map<String, ArtifactStore.Content> files = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            RunView.Cell view = graph.cells().get(i);
            Plan plan = cells.get(i).plan();
            files.put(view.name() + YAML, channel -> content(view, plan, graph).write(channel));
            others.remove(view.name());
        }
        try {
            new DurableFolder(folder).make();
            ArtifactStore.writeWhole(folder, files);
            for (String other : others) {
                Files.deleteIfExists(cell(other));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write in " + folder, e);
        }
    }

    private static ArtifactStore.Content content(RunView.Cell cell, Plan plan, RunGraph graph) {
        Map<String, Node> units = new LinkedHashMap<>();
        cell.units().forEach(unit -> units.put(unit.toString(), new Scalar(graph.digest(unit), 0)));
        Mapping stored = Node.nothing().with(PLAN, PlanWriter.tree(plan)).with(UNITS, new Mapping(units, 0));
        return ArtifactStore.Content.of(Yaml.write(stored).getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path file, String text) {
        try {
            DurableFolder.of(file).make();
            ArtifactStore.writeWhole(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /**
     * Bytes that are no text are replaced: what is said there is then another thing than was written.
     *
     * @throws InvalidConfigurationException if it is no regular file
     */
    static String text(Path file) {
        RegularFile.requireIfThere(file);
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
