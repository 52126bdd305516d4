package org.obverse.cli.report.study;

import java.util.List;
import java.util.stream.Collectors;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Cell.Coordinate;
import org.obverse.engine.record.Progress.State;
import org.obverse.engine.record.RunRecord;

/** A cell of a study and what its run left. */
public record ReportedCell(Cell cell, RunRecord run) {
    /** Such as {@code alpha 0.1, loss poincare}; the plan's name if nothing is varied. */
    public String label() {
        return cell.coordinates().isEmpty() ? cell.name() : label(cell.coordinates());
    }

    public static String label(List<Coordinate> coordinates) {
        return coordinates.stream().map(at -> at.label() + " " + at.value()).collect(Collectors.joining(", "));
    }

    public boolean isDone() {
        return run.progress().state() == State.DONE;
    }

    /** How far the run is, in words; ends without a full stop. */
    public String progress() {
        String finished = "%d of %d units finished"
                .formatted(run.artifacts().size(), run.units().size());
        return switch (run.progress().state()) {
            case NOT_BEGUN -> "not begun";
            case UNFINISHED -> "not finished: " + finished;
            case INTERRUPTED -> "interrupted: " + finished;
            case FAILED -> "failed: " + run.progress().reason();
            case DONE -> "done";
        };
    }
}
