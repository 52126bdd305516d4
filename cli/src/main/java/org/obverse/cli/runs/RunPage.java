package org.obverse.cli.runs;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.obverse.cli.progress.Columns;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.record.ListedRun;
import org.obverse.engine.record.ListedRun.Headline;
import org.obverse.engine.record.ListedRun.Standing;

/**
 * A list of runs for a terminal: a line per run, and below it what its plan says otherwise than that of the run above it, and what is
 * wrong with it.
 *
 * @param width of a line of differences at most, in characters
 * @param zone in which dates are told
 */
public record RunPage(RunList list, int width, ZoneId zone) {
    private static final List<String> HEAD =
            List.of("run", "changed", "state", "cells", "first figure", "size", "its own");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final String INDENT = "    ";
    private static final int CELLS = 3;
    private static final int BYTES = 5;

    /** What a state is called. */
    static String words(Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Each line ends with a line break; a list without runs has none. */
    public String text() {
        if (list.entries().isEmpty()) {
            return "";
        }
        List<List<String>> table = new ArrayList<>(List.of(HEAD));
        list.entries().forEach(entry -> table.add(row(entry)));
        List<String> lines = Columns.lines(table, column -> column == CELLS || column >= BYTES);
        StringBuilder text = new StringBuilder(lines.get(0)).append('\n');
        for (int i = 0; i < list.entries().size(); i++) {
            RunList.Entry entry = list.entries().get(i);
            text.append(lines.get(i + 1)).append('\n');
            for (String note : notes(entry, i > 0)) {
                text.append(INDENT).append(note).append('\n');
            }
        }
        return text.toString();
    }

    /** Its difference if there is a run above, why it failed, and what is wrong with its folder. */
    private List<String> notes(RunList.Entry entry, boolean isBelowAnother) {
        int room = width - INDENT.length();
        List<String> notes = new ArrayList<>();
        if (isBelowAnother && !entry.difference().isEmpty()) {
            List<String> shown =
                    entry.difference().stream().map(Printable::line).toList();
            notes.add(new PlanDifference(shown).line(room));
        }
        if (entry.run().standing() == Standing.FAILED) {
            String reason = Printable.line("! " + entry.run().reason());
            notes.add(Columns.cut(reason, room));
        }
        entry.run().problems().forEach(problem -> notes.add(Printable.line("! " + problem)));
        return notes;
    }

    private List<String> row(RunList.Entry entry) {
        ListedRun run = entry.run();
        return List.of(
                Printable.line(run.name()),
                DATE.format(run.changed().toInstant().atZone(zone)),
                standing(run),
                String.valueOf(run.cells()),
                run.headline().stream().map(RunPage::figure).collect(Collectors.joining()),
                Bytes.text(entry.bytes()),
                Bytes.text(entry.own()));
    }

    private static String standing(ListedRun run) {
        return run.standing() == Standing.DONE || run.units() == 0
                ? words(run.standing())
                : "%s, %d of %d".formatted(words(run.standing()), run.finished(), run.units());
    }

    private static String figure(Headline figure) {
        String lowest = number(figure.lowest());
        String highest = number(figure.highest());
        return Printable.line(figure.name()) + " " + (lowest.equals(highest) ? lowest : lowest + " to " + highest);
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size != 0 && (size < 1e-3 || size >= 1e6) ? "%.3e" : "%.4g", value);
    }
}
