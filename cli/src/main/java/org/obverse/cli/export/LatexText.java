package org.obverse.cli.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.table.Table;
import org.obverse.cli.table.Table.Column;
import org.obverse.cli.table.Table.Numbers;
import org.obverse.cli.table.Table.Spread;
import org.obverse.cli.table.Table.Spreads;
import org.obverse.cli.table.Table.Text;
import org.obverse.cli.table.Table.Value;
import org.obverse.cli.table.Table.Words;

/** A table for LaTeX with booktabs, to be read with {@code \input}; one that is longer than a page is a {@code longtable}. */
final class LatexText {
    private static final int PAGE = 40;
    private static final String NEGATIVE = "-\\d+(\\.\\d+)?";
    private static final String GREEK = "αβγδεζηθικλμνξοπρστυφχψω";
    private static final List<String> GREEK_NAMES = List.of(
            "alpha",
            "beta",
            "gamma",
            "delta",
            "varepsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "omicron",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "varphi",
            "chi",
            "psi",
            "omega");
    private static final Map<Character, String> SPECIAL = Map.ofEntries(
            Map.entry('\\', "\\textbackslash{}"),
            Map.entry('{', "\\{"),
            Map.entry('}', "\\}"),
            Map.entry('$', "\\$"),
            Map.entry('&', "\\&"),
            Map.entry('#', "\\#"),
            Map.entry('%', "\\%"),
            Map.entry('_', "\\_"),
            Map.entry('^', "\\textasciicircum{}"),
            Map.entry('~', "\\textasciitilde{}"),
            Map.entry('<', "\\textless{}"),
            Map.entry('>', "\\textgreater{}"),
            Map.entry('|', "\\textbar{}"),
            Map.entry('`', "\\textasciigrave{}"),
            // A straight one needs an encoding of fonts that not every document has.
            Map.entry('"', "''"),
            // Behind the end of a row these would be taken for its options.
            Map.entry('[', "{[}"),
            Map.entry(']', "{]}"),
            Map.entry('*', "{*}"),
            Map.entry('−', "\\ensuremath{-}"),
            Map.entry('±', "\\ensuremath{\\pm}"),
            Map.entry('×', "\\ensuremath{\\times}"),
            Map.entry('≤', "\\ensuremath{\\leq}"),
            Map.entry('≥', "\\ensuremath{\\geq}"),
            Map.entry('²', "\\ensuremath{^2}"),
            Map.entry('↑', "\\ensuremath{\\uparrow}"),
            Map.entry('↓', "\\ensuremath{\\downarrow}"));

    private LatexText() {}

    static String of(Table table) {
        return of(table, List.of());
    }

    /**
     * @param notes to stand below the table, as wide as the text
     */
    static String of(Table table, List<String> notes) {
        boolean isLong = table.rows().size() > PAGE;
        String environment = isLong ? "longtable" : "tabular";
        String kinds = table.columns().stream()
                .map(column -> column instanceof Words ? "l" : "r")
                .collect(Collectors.joining());
        StringBuilder text =
                new StringBuilder("% Needs \\usepackage{booktabs}" + (isLong ? " and \\usepackage{longtable}" : "")
                        + ".\n\\begin{" + environment + "}{" + kinds + "}\n\\toprule\n");
        text.append(line(table.columns().stream().map(LatexText::head).toList()))
                .append("\\midrule\n");
        text.append(isLong ? "\\endhead\n\\bottomrule\n\\endfoot\n" : "");
        for (List<Value> row : table.rows()) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                fields.add(field(row.get(i), table.columns().get(i)));
            }
            text.append(line(fields));
        }
        text.append(isLong ? "" : "\\bottomrule\n");
        notes.forEach(note -> text.append("\\multicolumn{" + table.columns().size()
                + "}{p{\\linewidth}}{\\footnotesize " + escaped(note) + "} \\\\\n"));
        return text.append("\\end{" + environment + "}\n").toString();
    }

    private static String line(List<String> fields) {
        return String.join(" & ", fields) + " \\\\\n";
    }

    private static String head(Column column) {
        String sign = column instanceof Numbers numbers
                ? numbers.format().sign()
                : column instanceof Spreads spreads ? spreads.format().sign() : "";
        return escaped(column.name() + (sign.isEmpty() ? "" : " (" + sign + ")"));
    }

    private static String field(Value value, Column column) {
        if (value instanceof Text text) {
            return text.text().matches(NEGATIVE) ? "$" + text.text() + "$" : escaped(text.text());
        }
        if (value instanceof Spread spread) {
            ValueFormat format = ((Spreads) column).format();
            return Double.isNaN(spread.deviation())
                    ? number(spread.mean(), format)
                    : number(spread.mean(), format) + " $\\pm$ " + number(spread.deviation(), format);
        }
        return number(((Table.Figure) value).value(), ((Numbers) column).format());
    }

    private static String number(double value, ValueFormat format) {
        if (Double.isNaN(value)) {
            return "--";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "$\\infty$" : "$-\\infty$";
        }
        String text = format.of(value).replace('−', '-');
        int exponent = text.indexOf('e');
        if (exponent >= 0) {
            return "$" + text.substring(0, exponent) + "\\cdot 10^{" + Integer.parseInt(text.substring(exponent + 1))
                    + "}$";
        }
        return text.startsWith("-") ? "$" + text + "$" : text;
    }

    /** What steers a terminal is shown by its number, what steers LaTeX as itself. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : Printable.line(text).toCharArray()) {
            int greek = GREEK.indexOf(c);
            if (c == 'ο') {
                escaped.append('o');
            } else if (greek >= 0) {
                escaped.append("\\ensuremath{\\").append(GREEK_NAMES.get(greek)).append('}');
            } else {
                escaped.append(SPECIAL.getOrDefault(c, String.valueOf(c)));
            }
        }
        // Two hyphens would be a dash.
        return escaped.toString().replaceAll("-(?=-)", "-{}");
    }
}
