package org.obverse.cli.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.obverse.cli.compare.ComparedFigure.Verdict;
import org.obverse.cli.compare.Comparison.Versus;
import org.obverse.cli.figure.Doubt;
import org.obverse.cli.figure.Finding;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.progress.Columns;

/** A comparison for people, as plain text. */
public final class ComparisonPage {
    private static final String INDENT = "  ";
    private static final String CONTROLS =
            "Indented: nulls and ceilings of either side, each with its own interval, which are not tested and not among"
                    + " the figures of Holm's correction; normalised: (attack − best-of-n) / (real − best-of-n).";
    /** Of what {@link #row} gives. */
    public static final List<String> HEADINGS =
            List.of("", "baseline", "here", "difference", "95 % interval", "p", "detectable", "advantage");

    private final Comparison comparison;

    public ComparisonPage(Comparison comparison) {
        this.comparison = comparison;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Versus versus : comparison.others()) {
            heading(versus).forEach(line -> text.append(line).append('\n'));
            text.append('\n').append(table(versus)).append('\n');
            conclusions(versus).forEach(line -> text.append(line).append('\n'));
            text.append('\n');
        }
        legend().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** What is compared, and what must be known to understand it, in lines; the first says which sides. */
    public List<String> heading(Versus versus) {
        List<String> lines = new ArrayList<>();
        lines.add("'" + versus.other().name() + "' against the baseline '"
                + comparison.baseline().name() + "'");
        int most = versus.figures().stream()
                .mapToInt(ComparedFigure::identities)
                .max()
                .orElse(0);
        lines.add("Same data, attacked classes and judges; paired by identity (" + most + ")"
                + switch (versus.starts()) {
                    case SAME -> "; the attacks began from the same points.";
                    case OTHER -> "; the attacks began from other points.";
                    case NONE -> ".";
                });
        lines.addAll(versus.notes());
        versus.figures().stream()
                .filter(figure -> figure.leftOut() > 0)
                .map(figure -> figure.figure().name() + " is of " + figure.identities() + " identities; "
                        + figure.leftOut() + " lack it on one side and are left out.")
                .forEach(lines::add);
        Map<Doubt, List<String>> doubts = new EnumMap<>(Doubt.class);
        versus.figures()
                .forEach(figure -> figure.doubts()
                        .forEach(doubt -> doubts.computeIfAbsent(doubt, key -> new ArrayList<>())
                                .add(figure.figure().name())));
        doubts.forEach((doubt, figures) -> lines.add("Intervals may be too narrow, with " + doubt.reason() + " ("
                + (figures.size() == versus.figures().size() ? "all figures" : String.join(", ", figures)) + ")."));
        return lines;
    }

    /** The surest first; figures that tell nothing share a sentence. */
    public List<String> conclusions(Versus versus) {
        Map<Verdict, List<Conclusion>> conclusions = new EnumMap<>(Verdict.class);
        versus.figures()
                .forEach(figure -> conclusions
                        .computeIfAbsent(figure.verdict(), key -> new ArrayList<>())
                        .add(new Conclusion(comparison, figure)));
        List<Conclusion> open = conclusions.getOrDefault(Verdict.OPEN, List.of());
        if (open.size() > 1) {
            conclusions.remove(Verdict.OPEN);
        }
        List<String> lines = new ArrayList<>();
        conclusions.values().forEach(group -> group.forEach(conclusion -> lines.add(conclusion.sentence())));
        if (open.size() > 1) {
            lines.add(Conclusion.open(open));
        }
        return lines;
    }

    private static String table(Versus versus) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
        versus.figures().forEach(figure -> {
            rows.add(row(figure));
            rows.addAll(beside(figure));
        });
        return Columns.lines(rows, column -> column > 0).stream().collect(Collectors.joining("\n", "", "\n"));
    }

    /** A figure in the digits that it is printed with. */
    public static List<String> row(ComparedFigure compared) {
        Finding finding = compared.finding();
        ValueFormat format = Conclusion.format(compared);
        String unit = Conclusion.unit(format);
        return List.of(
                compared.figure().name() + arrow(compared),
                format.withSign(compared.baseline()),
                format.withSign(compared.other()),
                Conclusion.signed(format, finding.difference()) + unit,
                Conclusion.interval(compared),
                Conclusion.p(compared.corrected()),
                format.of(finding.detectable()) + (Double.isNaN(finding.detectable()) ? "" : unit),
                Conclusion.advantage(compared));
    }

    /** What stands below it, of each side with its own interval; of these nothing is tested, so the other columns are empty. */
    public static List<List<String>> beside(ComparedFigure compared) {
        ValueFormat format = Conclusion.format(compared);
        return compared.beside().stream()
                .map(row -> {
                    List<String> cells = new ArrayList<>(Collections.nCopies(HEADINGS.size(), ""));
                    cells.set(0, INDENT + row.label());
                    cells.set(1, row.baseline().text(format));
                    cells.set(2, row.other().text(format));
                    return cells;
                })
                .toList();
    }

    private static String arrow(ComparedFigure compared) {
        return switch (compared.figure().better()) {
            case HIGHER -> " ↑";
            case LOWER -> " ↓";
            case NEITHER -> "";
        };
    }

    /** What the table means, in lines. */
    public List<String> legend() {
        String drawn = isOverSeeds() ? "identities and seeds" : "identities";
        List<String> lines = new ArrayList<>(
                List.of(
                        "Means over " + drawn
                                + "; ↑ ↓ point to where the attack, or for figures of the target alone the target,"
                                + " does better.",
                        "Interval: bootstrap over " + drawn + ", " + comparison.draws()
                                + " draws, each at 95 % for itself." + " p: after Holm's correction for all "
                                + comparison.figures() + " figures.",
                        "Detectable: the smallest difference that such a comparison finds in four of five cases (at 5 %, not"
                                + " corrected). Advantage: the difference as a share of the baseline, positive where it is better."));
        if (comparison.others().stream()
                .flatMap(versus -> versus.figures().stream())
                .anyMatch(figure -> !figure.beside().isEmpty())) {
            lines.add(CONTROLS);
        }
        return lines;
    }

    private boolean isOverSeeds() {
        return comparison.baseline().seeds() > 1
                && comparison.others().stream()
                        .anyMatch(versus -> versus.other().seeds() > 1);
    }
}
