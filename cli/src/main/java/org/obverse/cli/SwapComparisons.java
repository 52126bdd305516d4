package org.obverse.cli;

import ai.djl.ndarray.NDManager;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.cli.compare.ComparedCell;
import org.obverse.cli.compare.Comparison;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.plan.Cell.Coordinate;
import org.obverse.engine.plan.Study;

/** What the swaps of a study made of its baselines, one comparison per combination of its axes but the seeds. */
record SwapComparisons(List<List<ComparedCell>> groups) {
    SwapComparisons {
        groups = List.copyOf(groups);
    }

    /** Of the cells that have what their metrics found; none where the baseline has not, or the study has no swaps. */
    static SwapComparisons of(Study study, Path runs, NDManager manager) {
        if (study.cells().get(0).coordinates().stream().noneMatch(Coordinate::isSwap)) {
            return new SwapComparisons(List.of());
        }
        return new SwapComparisons(Comparison.groups(ComparedCell.of(study, runs, manager).stream()
                .filter(ComparedCell::isMeasured)
                .toList()));
    }

    void print(PrintWriter out) {
        for (List<ComparedCell> group : groups) {
            out.println();
            try {
                out.print(Printable.lines(Comparison.of(group).text()));
            } catch (InvalidConfigurationException e) {
                out.println("These cells are not compared:");
                e.problems().forEach(problem -> out.println(Printable.lines("  " + problem)));
            }
        }
    }
}
