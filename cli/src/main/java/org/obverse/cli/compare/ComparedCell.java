package org.obverse.cli.compare;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Study;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.study.StudyFolder;

/**
 * A cell that is compared with others.
 *
 * @param run the name of the study that it belongs to
 * @param record what it left
 */
public record ComparedCell(String run, Cell cell, RunRecord record) {
    static final String METRIC = "metric";

    /**
     * The cells of a study, in its order, finished or not.
     *
     * @param runs the folder of all runs
     * @param manager to read tensors with; nothing stays attached to it
     * @throws org.obverse.api.plugin.InvalidConfigurationException if its journal is damaged, or an artifact gone or damaged
     */
    public static List<ComparedCell> of(Study study, Path runs, NDManager manager) {
        return of(study, study.cells(), runs, manager);
    }

    /** Some of its cells. */
    static List<ComparedCell> of(Study study, List<Cell> cells, Path runs, NDManager manager) {
        ArtifactStore artifacts = new ArtifactStore(runs.resolve("objects"));
        Function<String, RunRecord> records = RunRecord.of(StudyFolder.of(runs, study.name()), artifacts, manager);
        return cells.stream()
                .map(cell -> new ComparedCell(study.name(), cell, records.apply(cell.name())))
                .toList();
    }

    /** Whether all its metrics are finished; a comparison takes no other cell. */
    public boolean isMeasured() {
        List<String> planned = units(METRIC);
        return !planned.isEmpty() && record.artifacts().keySet().containsAll(planned);
    }

    /** As a user names it: {@code demo/alpha=0}, or {@code demo} if that is all of the run. */
    String name() {
        return cell.coordinates().isEmpty() ? run : run + "/" + cell.name();
    }

    /** What its units of a slot produced, SHA-256, in their order. */
    List<String> artifacts(String slot) {
        return record.artifacts().entrySet().stream()
                .filter(unit -> isOf(slot, unit.getKey()))
                .map(unit -> unit.getValue())
                .toList();
    }

    /** Its units of a slot, by their printed names, whether they are finished or not. */
    List<String> units(String slot) {
        return record.units().stream().filter(unit -> isOf(slot, unit)).toList();
    }

    private static boolean isOf(String slot, String unit) {
        return unit.startsWith(slot + "/");
    }
}
