package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The figures as a plain-text table: a line per figure, a column per cell. */
final class Summary {
    private static final String GAP = "  ";

    private Summary() {}

    /** Ends with a line break; empty if nothing has been measured. */
    static String of(ReportedStudy study) {
        List<FigureColumn> columns = FigureColumn.of(study);
        if (columns.isEmpty()) {
            return "";
        }
        List<List<String>> table = new ArrayList<>();
        for (int axis = 0; axis < study.axes().size(); axis++) {
            int index = axis;
            List<String> line = new ArrayList<>(List.of(study.axes().get(axis)));
            study.cells().forEach(cell ->
                    line.add(cell.cell().coordinates().get(index).value()));
            table.add(line);
        }
        for (FigureColumn column : columns) {
            List<String> line = new ArrayList<>(List.of((column.name() + " " + column.arrow()).trim()));
            for (int i = 0; i < study.cells().size(); i++) {
                line.add(
                        column.reason(study.cells().get(i)).isEmpty()
                                ? column.format().withSign(column.values().get(i))
                                : "undefined");
            }
            table.add(line);
        }
        return aligned(table);
    }

    private static String aligned(List<List<String>> table) {
        int columns = table.get(0).size();
        List<Integer> widths = IntStream.range(0, columns)
                .mapToObj(i -> table.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
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
