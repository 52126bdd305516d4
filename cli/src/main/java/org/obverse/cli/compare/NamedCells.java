package org.obverse.cli.compare;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Suggestion;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.study.StoredStudy;

/** The cells that words of the command line name: {@code RUN} all of a run, {@code RUN/CELL} one of them. */
public final class NamedCells {
    private final Path runs;
    private final PlanReader reader;
    private final Map<String, Study> studies = new LinkedHashMap<>();
    private final Map<String, Set<Cell>> named = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private NamedCells(Path runs, PlanReader reader) {
        this.runs = runs;
        this.reader = reader;
    }

    /**
     * In the order in which they are named, each once.
     *
     * @param runs the folder of all runs
     * @param manager to read tensors with; nothing stays attached to it
     * @throws InvalidConfigurationException with every word that names nothing; if a journal is damaged, or an artifact gone
     */
    public static List<ComparedCell> read(List<String> words, Path runs, PlanReader reader, NDManager manager) {
        NamedCells cells = new NamedCells(runs, reader);
        words.forEach(cells::add);
        if (!cells.problems.isEmpty()) {
            throw new InvalidConfigurationException(cells.problems);
        }
        List<ComparedCell> read = new ArrayList<>();
        cells.named.forEach(
                (run, some) -> read.addAll(ComparedCell.of(cells.study(run), List.copyOf(some), runs, manager)));
        return List.copyOf(read);
    }

    private Study study(String run) {
        return studies.computeIfAbsent(
                run, name -> StoredStudy.read(runs, name, reader).study());
    }

    private void add(String word) {
        int slash = word.indexOf('/');
        String run = slash < 0 ? word : word.substring(0, slash);
        String cell = slash < 0 ? "" : word.substring(slash + 1);
        try {
            List<Cell> found = study(run).cells().stream()
                    .filter(one -> cell.isEmpty() || one.name().equals(cell))
                    .toList();
            if (found.isEmpty()) {
                problems.add(new Problem(
                        word,
                        "the run '" + run + "' has no cell '" + cell + "'",
                        Suggestion.of(
                                cell,
                                "its cells",
                                study(run).cells().stream().map(Cell::name).toList())));
            }
            named.computeIfAbsent(run, name -> new LinkedHashSet<>()).addAll(found);
        } catch (InvalidConfigurationException e) {
            problems.addAll(e.problems());
        }
    }
}
