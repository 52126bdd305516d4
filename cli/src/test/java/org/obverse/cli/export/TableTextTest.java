package org.obverse.cli.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.table.CsvText;
import org.obverse.cli.table.Table;
import org.obverse.cli.table.Table.Column;
import org.obverse.cli.table.Table.Figure;
import org.obverse.cli.table.Table.Numbers;
import org.obverse.cli.table.Table.Spread;
import org.obverse.cli.table.Table.Spreads;
import org.obverse.cli.table.Table.Text;
import org.obverse.cli.table.Table.Value;
import org.obverse.cli.table.Table.Words;

final class TableTextTest {
    private static final String HOSTILE = "Zoë \"Z\", 50 %\r\n_&#$^~{}\\";

    private static Table names(String... names) {
        return new Table(
                "names",
                List.of(new Words("name")),
                List.of(names).stream()
                        .map(name -> List.<Value>of(new Text(name)))
                        .toList());
    }

    private static Table numbers(ValueFormat format, double... values) {
        return new Table(
                "numbers",
                List.of(new Numbers("number", format)),
                Arrays.stream(values)
                        .mapToObj(value -> List.<Value>of(new Figure(value)))
                        .toList());
    }

    private static List<String> fields(String csv) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
                // Of two within a quoted field the first ends it and the second begins it again.
                field.append(isQuoted && i > 0 && csv.charAt(i - 1) == '"' ? "\"" : "");
            } else if (!isQuoted && (c == ',' || c == '\n')) {
                fields.add(field.toString());
                field.setLength(0);
            } else if (isQuoted || c != '\r') {
                field.append(c);
            }
        }
        assertFalse(isQuoted, csv);
        return fields;
    }

    @Test
    void a_name_survives_csv_whatever_is_in_it() {
        List<String> names = List.of("plain", HOSTILE, "a,b", "\"", "\"\"", "\n", "", "=1+1", " padded ");

        String csv = CsvText.of(names(names.toArray(String[]::new)));

        List<String> read = fields(csv);
        assertEquals("name", read.get(0));
        assertEquals(names, read.subList(1, read.size()));
        assertTrue(csv.startsWith("name\r\nplain\r\n\"Zoë \"\"Z\"\", 50 %\r\n_"), csv);
    }

    @Test
    void csv_has_all_digits_of_a_number_and_nothing_where_there_is_none() {
        List<String> read = fields(CsvText.of(numbers(ValueFormat.PERCENT, 0.1 + 0.2, -1e-9, 3, 1e22, Double.NaN)));

        assertEquals(List.of("0.30000000000000004", "-1.0E-9", "3", "1.0E22", ""), read.subList(1, 6));
        assertEquals(0.1 + 0.2, Double.parseDouble(read.get(1)));
    }

    @Test
    void a_mean_and_its_deviation_are_two_columns_in_csv_and_one_in_latex() {
        Table table = new Table(
                "spreads",
                List.of(new Spreads("Acc@1", ValueFormat.PERCENT)),
                List.of(List.of(new Spread(0.6512, 0.0208)), List.of(new Spread(0.5, Double.NaN))));

        assertEquals(
                List.of("Acc@1 mean", "Acc@1 standard deviation", "0.6512", "0.0208", "0.5", ""),
                fields(CsvText.of(table)));
        assertTrue(LatexText.of(table).contains("\nAcc@1 (\\%) \\\\\n"), LatexText.of(table));
        assertTrue(LatexText.of(table).contains("\n65.1 $\\pm$ 2.1 \\\\\n50.0 \\\\\n"), LatexText.of(table));
    }

    @Test
    void latex_rounds_numbers_in_one_way_down_a_column_and_writes_signs_as_mathematics() {
        assertEquals(List.of("12.3", "$-0.5$", "--"), rows(numbers(ValueFormat.ONE_PLACE, 12.34, -0.5, Double.NaN)));
        assertEquals(
                List.of("$1.23\\cdot 10^{-5}$", "$-4.00\\cdot 10^{7}$", "$\\infty$"),
                rows(numbers(ValueFormat.SCIENTIFIC, 1.234e-5, -4e7, Double.POSITIVE_INFINITY)));
        assertEquals(List.of("$-0.05$", "x-0.05"), rows(names("-0.05", "x-0.05")));
    }

    private static List<String> rows(Table table) {
        return LatexText.of(table)
                .lines()
                .dropWhile(line -> !line.equals("\\midrule"))
                .skip(1)
                .takeWhile(line -> line.endsWith(" \\\\"))
                .map(line -> line.substring(0, line.length() - 3))
                .toList();
    }

    @Test
    void nothing_in_a_name_steers_latex() {
        assertEquals(
                "\\_\\&\\#\\$\\textasciicircum{}\\textasciitilde{}\\{\\}\\textbackslash{}",
                LatexText.escaped("_&#$^~{}\\"));
        assertEquals("50 \\%", LatexText.escaped("50 %"));
        assertEquals("{[}2pt{]} {*}", LatexText.escaped("[2pt] *"), "not the options of the row above");
        assertEquals("a-{}-{}-b", LatexText.escaped("a---b"), "no dash");
        assertEquals("\\ensuremath{\\delta}\\_eval", LatexText.escaped("δ_eval"));
        assertEquals("o\\ensuremath{\\omega}", LatexText.escaped("οω"), "there is no command for the first");
        assertEquals("\\textbackslash{}x0a\\textbackslash{}x1b{[}", LatexText.escaped("\n\u001b["));
        assertEquals("Zoë", LatexText.escaped("Zoë"));
        String all = IntStream.range(' ', 0x7f).mapToObj(Character::toString).reduce("", String::concat);
        String left = LatexText.escaped(all)
                .replaceAll("\\\\(text[a-z]+|ensuremath\\{\\\\?[a-z]+})(\\{})?|\\\\[_&#$%{}]|\\{[]\\[*]}|\\{}", "");
        assertFalse(left.matches(".*[\\\\{}$&#^_~%<>|`\"\\[\\]*].*"), left);
    }

    @Test
    void a_table_that_fits_on_a_page_is_a_tabular_and_a_longer_one_repeats_its_head() {
        String page = LatexText.of(
                names(IntStream.range(0, 40).mapToObj(String::valueOf).toArray(String[]::new)));
        String pages = LatexText.of(
                names(IntStream.range(0, 41).mapToObj(String::valueOf).toArray(String[]::new)));

        assertTrue(
                page.startsWith(
                        "% Needs \\usepackage{booktabs}.\n\\begin{tabular}{l}\n\\toprule\nname \\\\\n\\midrule\n"),
                page);
        assertTrue(page.endsWith("39 \\\\\n\\bottomrule\n\\end{tabular}\n"), page);
        assertTrue(pages.contains("\\begin{longtable}{l}\n") && pages.contains("\\endhead\n"), pages);
        assertTrue(pages.endsWith("40 \\\\\n\\end{longtable}\n"), pages);
    }

    @Test
    void words_stand_left_and_numbers_right() {
        Column column = new Numbers("n", ValueFormat.WHOLE);
        Table table = new Table("t", List.of(new Words("w"), column), List.of(List.of(new Text("a"), new Figure(2))));

        assertTrue(
                LatexText.of(table).contains("{lr}\n\\toprule\nw & n \\\\\n\\midrule\na & 2 \\\\\n"),
                LatexText.of(table));
    }
}
