package org.obverse.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.plan.Study;
import org.obverse.engine.study.DryRun;
import org.obverse.engine.study.DryRun.PlannedUnit;
import org.obverse.engine.study.DryRun.Presence;

/** What a dry run found, for people: the cells, and the units of the graph with what each depends on. */
record DryRunPage(Study study, DryRun dryRun, String device) {
    void print(PrintWriter out) {
        boolean complete = dryRun.missing().isEmpty();
        out.printf(
                "'%s' %s: %d %s, on %s%n",
                study.name(),
                complete ? "can be run" : "is a valid plan, but files that it needs are missing",
                study.cells().size(),
                study.cells().size() == 1 ? "cell" : "cells",
                device);
        study.cells().forEach(cell -> out.println("  " + cell.name() + own(cell.name())));
        if (complete) {
            graph(out);
        } else {
            out.println(
                    "Not checked, as it depends on them: what these files hold, and whether data and networks fit.");
            dryRun.missing().forEach(problem -> out.println("  " + Printable.lines(problem.toString())));
        }
        out.flush();
    }

    /** How many units a cell has, and of which slots are those that it shares with no other; nothing where there is one cell. */
    private String own(String cell) {
        List<PlannedUnit> units = dryRun.units().stream()
                .filter(unit -> unit.cells().contains(cell))
                .toList();
        if (study.cells().size() == 1 || units.isEmpty()) {
            return "";
        }
        List<PlannedUnit> own =
                units.stream().filter(unit -> unit.cells().size() == 1).toList();
        String slots = own.stream().map(unit -> unit.name().slot()).distinct().collect(Collectors.joining(", "));
        return ": %d units, %s"
                .formatted(units.size(), own.isEmpty() ? "all shared" : own.size() + " its own: " + slots);
    }

    private void graph(PrintWriter out) {
        long stored = dryRun.units().stream()
                .filter(unit -> unit.stored() == Presence.STORED)
                .count();
        out.printf("%d units, %d of them reused:%n", dryRun.units().size(), stored);
        dryRun.units().forEach(unit -> out.println(Printable.line("  " + line(unit))));
    }

    /** Such as {@code optimize/0 poincare-adam (2 cells) <- target/0, sample/0: to do, other: configuration}. */
    private String line(PlannedUnit unit) {
        List<String> parts = new ArrayList<>(List.of(unit.name() + " " + unit.component()));
        if (unit.cells().size() != study.cells().size()) {
            parts.add("("
                    + (unit.cells().size() == 1
                            ? unit.cells().get(0)
                            : unit.cells().size() + " cells") + ")");
        }
        if (!unit.inputs().isEmpty()) {
            parts.add("<- " + unit.inputs().stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
        return String.join(" ", parts) + ": " + status(unit);
    }

    private static String status(PlannedUnit unit) {
        if (unit.stored() == Presence.STORED) {
            return "reused";
        }
        return unit.differing().isEmpty()
                ? "to do"
                : "to do, as it differs from what is stored in " + String.join(", ", unit.differing());
    }
}
