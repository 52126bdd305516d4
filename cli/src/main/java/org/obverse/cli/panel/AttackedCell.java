package org.obverse.cli.panel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.configuration.Suggestion;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Study;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.study.StudyFolder;

/**
 * A finished cell with an attack.
 *
 * @param attack SHA-256 of what its search stages found: another attack has another one, whatever its run is called
 */
public record AttackedCell(Cell cell, String attack) {
    private static final Set<String> SEARCH = Arrays.stream(Stage.values())
            .filter(stage -> stage != Stage.PREPARE)
            .map(Stage::label)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * Cells of a study, in its order; no artifact is opened.
     *
     * @param runs the folder of all runs
     * @param names of the wanted cells; all if empty
     * @throws InvalidConfigurationException if there is no such cell, it attacks nothing, or is not finished
     */
    public static List<AttackedCell> of(Study study, Path runs, List<String> names) {
        requireKnown(study, names);
        StudyFolder folder = StudyFolder.of(runs, study.name());
        List<Problem> problems = new ArrayList<>();
        List<AttackedCell> cells = new ArrayList<>();
        for (Cell cell : study.cells()) {
            if (names.isEmpty() || names.contains(cell.name())) {
                Map<String, String> made = RunRecord.artifacts(folder, cell.name());
                int units = folder.units(cell.name()).size();
                if (cell.plan().attack().isEmpty()) {
                    problems.add(new Problem(
                            cell.name(),
                            "it has no reconstructions, as its plan attacks nothing",
                            "take a run whose plan has the key 'attack', or another cell of this one with --cell"));
                } else if (units == 0 || made.size() < units) {
                    problems.add(new Problem(
                            cell.name(),
                            "it has no results yet: " + made.size() + " of " + (units == 0 ? "its" : units)
                                    + " units are done",
                            "go on with: obverse resume " + study.name()));
                } else {
                    cells.add(new AttackedCell(cell, attack(made)));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return cells;
    }

    private static void requireKnown(Study study, List<String> names) {
        List<String> known = study.cells().stream().map(Cell::name).toList();
        List<Problem> unknown = names.stream()
                .filter(name -> !known.contains(name))
                .map(name -> new Problem(
                        "--cell " + name,
                        "the run '" + study.name() + "' has no such cell",
                        Suggestion.of(name, "its cells", known)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidConfigurationException(unknown);
        }
    }

    private static String attack(Map<String, String> made) {
        return Sha256.of(made.entrySet().stream()
                .filter(unit -> SEARCH.stream().anyMatch(slot -> unit.getKey().startsWith(slot + "/")))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("\n")));
    }
}
