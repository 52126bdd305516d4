package org.obverse.cli.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.obverse.cli.compare.BesideFigure;
import org.obverse.cli.compare.ComparedFigure;
import org.obverse.cli.compare.Comparison;
import org.obverse.cli.compare.Comparison.Versus;
import org.obverse.cli.compare.ComparisonPage;
import org.obverse.cli.figure.Finding;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.table.Table.Column;
import org.obverse.cli.table.Table.Numbers;
import org.obverse.cli.table.Table.Text;
import org.obverse.cli.table.Table.Value;
import org.obverse.cli.table.Table.Words;

/** A comparison as a table: a row per figure of each side that is held against the baseline. */
public record ComparisonTables(Comparison comparison) {
    private static final String NAME = "comparison";

    /** For machines: every number by itself, with all digits. */
    public Table exact() {
        List<Column> columns = new ArrayList<>();
        Stream.of("baseline cell", "cell", "figure", "unit", "better").forEach(name -> columns.add(new Words(name)));
        Stream.of(
                        "identities",
                        "left out",
                        "baseline",
                        "value",
                        "difference",
                        "advantage",
                        "low",
                        "high",
                        "standard error",
                        "detectable",
                        "p",
                        "p Holm")
                .forEach(name -> columns.add(new Numbers(name, ValueFormat.FOUR_PLACES)));
        columns.add(new Words("verdict"));
        List<List<Value>> rows = new ArrayList<>();
        for (Versus versus : comparison.others()) {
            versus.figures().forEach(figure -> rows.add(exact(versus, figure)));
        }
        return new Table(NAME, columns, rows);
    }

    private List<Value> exact(Versus versus, ComparedFigure compared) {
        Finding finding = compared.finding();
        List<Value> row = new ArrayList<>();
        Stream.of(
                        comparison.baseline().name(),
                        versus.other().name(),
                        compared.figure().name(),
                        compared.figure().unit(),
                        lower(compared.figure().better()))
                .map(Text::new)
                .forEach(row::add);
        Stream.of(
                        (double) compared.identities(),
                        (double) compared.leftOut(),
                        compared.baseline(),
                        compared.other(),
                        finding.difference(),
                        compared.advantage(),
                        finding.low(),
                        finding.high(),
                        finding.error(),
                        finding.detectable(),
                        finding.p(),
                        compared.corrected())
                .map(Table.Figure::new)
                .forEach(row::add);
        row.add(new Text(lower(compared.verdict())));
        return row;
    }

    /** For machines: what stands beside the attacks' figures, of each side a row per control, of which nothing is tested. */
    public Table controls() {
        List<Column> columns = new ArrayList<>();
        Stream.of("baseline cell", "cell", "figure", "unit", "row").forEach(name -> columns.add(new Words(name)));
        Stream.of("baseline", "baseline low", "baseline high", "value", "low", "high")
                .forEach(name -> columns.add(new Numbers(name, ValueFormat.FOUR_PLACES)));
        List<List<Value>> rows = new ArrayList<>();
        for (Versus versus : comparison.others()) {
            versus.figures().forEach(figure -> figure.beside().forEach(row -> rows.add(exact(versus, figure, row))));
        }
        return new Table(NAME + "-controls", columns, rows);
    }

    private List<Value> exact(Versus versus, ComparedFigure compared, BesideFigure row) {
        List<Value> values = new ArrayList<>();
        Stream.of(
                        comparison.baseline().name(),
                        versus.other().name(),
                        compared.figure().name(),
                        compared.figure().unit(),
                        row.label())
                .map(Text::new)
                .forEach(values::add);
        Stream.of(row.baseline(), row.other())
                .flatMap(side -> Stream.of(
                        side.value(), side.bounds().low(), side.bounds().high()))
                .map(Table.Figure::new)
                .forEach(values::add);
        return values;
    }

    /** What is against the figures of either side and was accepted. */
    public List<String> notes() {
        return Stream.concat(
                        Stream.of(comparison.baseline()),
                        comparison.others().stream().map(Versus::other))
                .flatMap(side -> side.accepted().stream())
                .distinct()
                .toList();
    }

    /** For people, as it is printed. */
    public Table printed() {
        List<Column> columns = new ArrayList<>(List.of(new Words("cell"), new Words("figure")));
        ComparisonPage.HEADINGS.stream().skip(1).forEach(heading -> columns.add(new Words(heading)));
        List<List<Value>> rows = new ArrayList<>();
        for (Versus versus : comparison.others()) {
            for (ComparedFigure figure : versus.figures()) {
                Stream.concat(Stream.of(ComparisonPage.row(figure)), ComparisonPage.beside(figure).stream())
                        .forEach(values -> rows.add(words(versus, values)));
            }
        }
        return new Table(NAME, columns, rows);
    }

    private static List<Value> words(Versus versus, List<String> values) {
        return Stream.concat(Stream.of(versus.other().name()), values.stream())
                .<Value>map(Text::new)
                .toList();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
