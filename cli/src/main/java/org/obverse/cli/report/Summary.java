package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.obverse.engine.plan.Cell.Coordinate;

/**
 * The figures as a plain-text table: a line per figure, a column per cell. Cells that differ in seeds alone share a
 * column with their mean and standard deviation.
 */
final class Summary {
    private static final String GAP = "  ";

    private Summary() {}

    /** Ends with a line break; empty if nothing has been measured. */
    static String of(ReportedStudy study) {
        List<FigureColumn> figures = FigureColumn.of(study);
        if (figures.isEmpty()) {
            return "";
        }
        List<SeedSpread> spreads = SeedSpread.of(study, figures);
        List<List<Coordinate>> settings = spreads.isEmpty()
                ? study.cells().stream().map(cell -> cell.cell().coordinates()).toList()
                : spreads.stream().map(SeedSpread::setting).toList();
        List<List<String>> table = new ArrayList<>();
        for (int i = 0; i < settings.get(0).size(); i++) {
            int axis = i;
            List<String> line =
                    new ArrayList<>(List.of(settings.get(0).get(axis).label()));
            settings.forEach(setting -> line.add(setting.get(axis).value()));
            table.add(line);
        }
        for (int i = 0; i < figures.size(); i++) {
            FigureColumn figure = figures.get(i);
            int column = i;
            List<String> line = new ArrayList<>(List.of((figure.name() + " " + figure.arrow()).trim()));
            if (spreads.isEmpty()) {
                line.addAll(values(figure, study));
            } else {
                spreads.forEach(spread ->
                        line.add((spread.text(column) + " " + figure.format().sign()).trim()));
            }
            table.add(line);
        }
        return aligned(table);
    }

    private static List<String> values(FigureColumn figure, ReportedStudy study) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < study.cells().size(); i++) {
            boolean isUndefined = !figure.reason(study.cells().get(i)).isEmpty();
            values.add(
                    isUndefined
                            ? "undefined"
                            : figure.format().withSign(figure.values().get(i)));
        }
        return values;
    }

    private static String aligned(List<List<String>> table) {
        int columns = table.get(0).size();
        List<Integer> widths = IntStream.range(0, columns)
                .mapToObj(i -> table.stream()
                        .mapToInt(line -> line.get(i).length())
                        .max()
                        .orElse(0))
                .toList();
        return table.stream()
                .map(line -> IntStream.range(0, columns)
                        .mapToObj(i -> padded(line.get(i), widths.get(i), i == 0))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String padded(String text, int width, boolean isFirst) {
        String air = " ".repeat(width - text.length());
        return isFirst ? text + air : air + text;
    }
}
