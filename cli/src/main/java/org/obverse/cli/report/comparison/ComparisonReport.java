package org.obverse.cli.report.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.obverse.cli.compare.ComparedFigure.Verdict;
import org.obverse.cli.compare.Comparison;
import org.obverse.cli.compare.Comparison.Versus;
import org.obverse.cli.compare.ComparisonPage;
import org.obverse.cli.compare.Conclusion;
import org.obverse.cli.report.AllDigits;
import org.obverse.cli.report.html.Document;
import org.obverse.cli.report.html.Document.Section;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.html.Tag.Scope;
import org.obverse.cli.table.ComparisonTables;

/** A comparison as one file that refers to nothing outside it. */
public final class ComparisonReport {
    private final Comparison comparison;
    private final ComparisonPage page;

    private ComparisonReport(Comparison comparison) {
        this.comparison = comparison;
        this.page = new ComparisonPage(comparison);
    }

    /**
     * @param command that makes it again
     * @return HTML
     */
    public static String of(Comparison comparison, String command) {
        return new ComparisonReport(comparison).document(command).html();
    }

    private Document document(String command) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("verdict", "Verdict", verdict()));
        for (int i = 0; i < comparison.others().size(); i++) {
            Versus versus = comparison.others().get(i);
            sections.add(new Section("side-" + (i + 1), versus.other().name(), side(versus)));
        }
        ComparisonTables exact = new ComparisonTables(comparison);
        sections.add(new Section("digits", "All digits", AllDigits.of(exact.notes(), exact.exact(), exact.controls())));
        sections.add(new Section(
                "again",
                "Run it again",
                List.of(Tag.of("pre").with("tabindex", "0").text(command + "\n"))));
        String others = comparison.others().stream()
                .map(versus -> versus.other().name())
                .collect(Collectors.joining(", "));
        return new Document(
                "Comparison with " + comparison.baseline().name(),
                "Against it: " + others + ".",
                List.of(),
                sections,
                List.of());
    }

    /** The differences that there are, or that none was found. */
    private List<Tag> verdict() {
        List<Tag> items = new ArrayList<>();
        for (Versus versus : comparison.others()) {
            versus.figures().stream()
                    .filter(figure -> figure.verdict() == Verdict.REAL)
                    .map(figure -> Tag.of("li")
                            .add(Tag.of("strong").text(versus.other().name()))
                            .text(" – " + new Conclusion(comparison, figure).sentence()))
                    .forEach(items::add);
        }
        List<Tag> tags = new ArrayList<>();
        tags.add(Tag.of("p", "verdict")
                .text("%d of %d differences are more than chance, at 5 %% after the correction for all of them."
                        .formatted(items.size(), comparison.figures())));
        if (!items.isEmpty()) {
            tags.add(Tag.of("ul").addAll(items));
        }
        page.legend().forEach(line -> tags.add(Tag.of("p", "note").text(line)));
        return tags;
    }

    private List<Tag> side(Versus versus) {
        List<Tag> tags = new ArrayList<>();
        page.heading(versus).forEach(line -> tags.add(Tag.of("p", "note").text(line)));
        Tag head = Tag.of("tr");
        for (int i = 0; i < ComparisonPage.HEADINGS.size(); i++) {
            head.add(Tag.head(Scope.COL, i == 0 ? "first" : "figure").text(ComparisonPage.HEADINGS.get(i)));
        }
        Tag body = Tag.of("tbody");
        versus.figures().forEach(figure -> {
            body.add(row(
                    ComparisonPage.row(figure),
                    figure.verdict() == Verdict.REAL ? Tag.of("tr", "real") : Tag.of("tr")));
            ComparisonPage.beside(figure).forEach(values -> body.add(row(values, Tag.of("tr", "control"))));
        });
        tags.add(Tag.table(
                "figures",
                versus.other().name() + " against " + comparison.baseline().name(),
                Tag.of("thead").add(head),
                body));
        Tag conclusions = Tag.of("ul");
        page.conclusions(versus).forEach(line -> conclusions.add(Tag.of("li").text(line)));
        tags.add(conclusions);
        return tags;
    }

    private static Tag row(List<String> values, Tag row) {
        row.add(Tag.head(Scope.ROW, "first").text(values.get(0).strip()));
        values.subList(1, values.size())
                .forEach(value -> row.add(Tag.of("td", "number").text(value)));
        return row;
    }
}
