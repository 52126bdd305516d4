package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.progress.Columns;
import org.obverse.cli.report.defense.Evidence;
import org.obverse.cli.report.study.ControlRow;
import org.obverse.cli.report.study.FigureColumn;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.SeedSpread;
import org.obverse.cli.report.study.Setting;
import org.obverse.engine.plan.Cell.Coordinate;

/**
 * The figures as a plain-text table: a line per figure, a column per cell. Cells that differ in seeds alone share a
 * column with their mean and standard deviation.
 */
final class Summary {
    /** What is left of a value, however narrow the terminal is. */
    private static final int LEAST = 12;

    private Summary() {}

    /** Ends with a line break; empty if nothing has been measured. */
    static String of(ReportedStudy study, int width) {
        List<FigureColumn> figures = FigureColumn.of(study);
        if (figures.isEmpty()) {
            return "";
        }
        List<Line> lines = lines(study, figures);
        List<SeedSpread> spreads =
                SeedSpread.of(study, lines.stream().map(Line::figure).toList());
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
        defenses(study).ifPresent(words -> table.add(line(words, settings, study)));
        for (int i = 0; i < lines.size(); i++) {
            FigureColumn figure = lines.get(i).figure();
            int column = i;
            List<String> line = new ArrayList<>(List.of(lines.get(i).label()));
            if (spreads.isEmpty()) {
                line.addAll(values(lines.get(i), study));
            } else {
                spreads.forEach(spread ->
                        line.add((spread.text(column) + " " + figure.format().sign()).trim()));
            }
            table.add(line);
        }
        return aligned(table, width) + notes(study, figures);
    }

    /**
     * A line of the table.
     *
     * @param format of the attack's figure, which controls share
     */
    private record Line(String label, FigureColumn figure, ValueFormat format) {}

    /** The figures, and below a rate what controls score, which the report shows of all figures. */
    private static List<Line> lines(ReportedStudy study, List<FigureColumn> figures) {
        List<ControlRow> controls = ControlRow.of(study, figures);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            FigureColumn figure = figures.get(i);
            lines.add(new Line((figure.label() + " " + figure.arrow()).trim(), figure, figure.format()));
            if (ControlRow.isRate(figure)) {
                for (ControlRow control : controls) {
                    lines.add(new Line("  " + control.label(), control.columns().get(i), figure.format()));
                }
            }
        }
        return lines;
    }

    /** What controls say, why figures are missing, and what is against those that are there. */
    private static String notes(ReportedStudy study, List<FigureColumn> figures) {
        List<String> lines = new ArrayList<>(ControlRow.notes(study, figures));
        lines.addAll(new PreparedSection(study).lines());
        FigureColumn.reasons(study, figures).forEach((reason, cells) -> {
            String where = study.label(cells);
            lines.add((where.isEmpty() ? "" : where + ": ") + reason);
        });
        lines.addAll(study.accepted());
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Nothing where no attacked target has a defense. */
    private static Optional<Evidence> defenses(ReportedStudy study) {
        if (!Evidence.isAbout(study)) {
            return Optional.empty();
        }
        List<Setting> settings = Setting.of(study);
        return Optional.of(Evidence.of(study, settings, VerdictSection.main(settings)));
    }

    /** Cells of one setting attack one target. */
    private static List<String> line(Evidence evidence, List<List<Coordinate>> columns, ReportedStudy study) {
        List<String> line = new ArrayList<>(List.of("defense"));
        for (int i = 0; i < columns.size(); i++) {
            List<Coordinate> at = columns.get(i);
            line.add(study.cells().stream()
                    .map(ReportedCell::cell)
                    .filter(cell ->
                            cell.coordinates().equals(at) || cell.setting().equals(at))
                    .findFirst()
                    .map(evidence::word)
                    .filter(word -> !word.isEmpty())
                    .orElse("none"));
        }
        return line;
    }

    private static List<String> values(Line line, ReportedStudy study) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < study.cells().size(); i++) {
            boolean isUndefined = !line.figure().reason(study.cells().get(i)).isEmpty();
            values.add(
                    isUndefined
                            ? "undefined"
                            : line.format().withSign(line.figure().values().get(i)));
        }
        return values;
    }

    /** Columns that do not fit beside the others stand below them, under the same headings. */
    private static String aligned(List<List<String>> table, int width) {
        int first = Columns.width(table, 0);
        int most = Math.max(LEAST, width - Columns.width(first, 0));
        List<List<String>> cut = table.stream()
                .map(line -> IntStream.range(0, line.size())
                        .mapToObj(i -> i == 0 ? line.get(0) : Columns.cut(line.get(i), most))
                        .toList())
                .toList();
        List<String> blocks = new ArrayList<>();
        for (int begin = 1, end = 1; begin < table.get(0).size(); begin = end) {
            int used = first;
            for (; end < table.get(0).size(); end++) {
                used = Columns.width(used, Columns.width(cut, end));
                if (used > width && end > begin) {
                    break;
                }
            }
            int from = begin;
            int to = end;
            List<List<String>> shown = cut.stream()
                    .map(line -> Stream.concat(Stream.of(line.get(0)), line.subList(from, to).stream())
                            .toList())
                    .toList();
            blocks.add(Columns.lines(shown, column -> column > 0).stream().collect(Collectors.joining("\n", "", "\n")));
        }
        return String.join("\n", blocks);
    }
}
