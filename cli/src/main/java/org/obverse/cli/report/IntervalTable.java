package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.obverse.cli.compare.ClassFigure;
import org.obverse.cli.compare.ClassFigure.Place;
import org.obverse.cli.compare.ControlFigures;
import org.obverse.cli.figure.Estimate;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.html.Tag.Scope;
import org.obverse.cli.report.study.Setting;
import org.obverse.cli.report.study.Setting.Estimated;

/** The figures that metrics give per class, with their intervals: a row per setting. */
final class IntervalTable {
    private IntervalTable() {}

    /**
     * Nothing where no figure has an interval.
     *
     * @param marks behind the name of a setting
     */
    static List<Tag> of(List<Setting> settings, Function<Setting, List<Tag>> marks) {
        Map<Place, List<Estimated>> columns = new LinkedHashMap<>();
        for (Setting setting : settings) {
            setting.figures().forEach((place, estimated) -> {
                columns.computeIfAbsent(place, key -> new ArrayList<>()).add(estimated);
            });
        }
        columns.keySet().retainAll(Setting.withIntervals(settings));
        if (columns.isEmpty()) {
            return List.of();
        }
        Map<Place, ValueFormat> formats = new LinkedHashMap<>();
        Tag head = Tag.of("tr");
        boolean isNamed = settings.size() > 1
                || settings.stream().anyMatch(setting -> !labels(setting).isEmpty());
        if (isNamed) {
            head.add(Tag.head(Scope.COL, "first").text(settings.size() > 1 ? "setting" : ""));
        }
        columns.forEach((place, column) -> {
            ClassFigure figure = column.get(0).figure();
            ValueFormat format = ValueFormat.of(
                    figure.figure().unit(),
                    column.stream()
                            .map(estimated -> estimated.estimate().mean())
                            .toList());
            formats.put(place, format);
            head.add(Tag.head(Scope.COL, "figure")
                    .text(figure.figure().name())
                    .add(Tag.of("span", "sign").text(format.sign())));
        });
        Tag body = Tag.of("tbody");
        for (Setting setting : settings) {
            Tag row = Tag.of("tr");
            if (isNamed) {
                row.add(Tag.head(Scope.ROW, "first")
                        .text(setting.label().isEmpty() ? "attack" : setting.label())
                        .addAll(marks.apply(setting)));
            }
            formats.forEach((place, format) -> row.add(cell(setting, place, format)));
            body.add(row);
            labels(setting).forEach(label -> body.add(beside(setting, label, formats)));
        }
        return List.of(
                Tag.of("h3").text("With 95 % intervals"),
                Tag.of("p", "note")
                        .text(
                                "Means over the classes, and over seeds where they are varied; the interval is by a bootstrap over both,"
                                        + " never over images: those of one class are alike."),
                Tag.table(
                        "figures",
                        "Figures with 95 % intervals",
                        Tag.of("thead").add(head),
                        body));
    }

    private static Set<String> labels(Setting setting) {
        Set<String> labels = new LinkedHashSet<>();
        setting.figures()
                .values()
                .forEach(estimated -> labels.addAll(estimated.beside().keySet()));
        if (labels.remove(ControlFigures.NORMALISED)) {
            labels.add(ControlFigures.NORMALISED);
        }
        return labels;
    }

    private static Tag beside(Setting setting, String label, Map<Place, ValueFormat> formats) {
        Tag row = Tag.of("tr", "control").add(Tag.head(Scope.ROW, "first").text(label));
        formats.forEach((place, format) -> {
            Estimate estimate = Optional.ofNullable(setting.figures().get(place))
                    .flatMap(estimated -> Optional.ofNullable(estimated.beside().get(label)))
                    .orElse(Estimate.NONE);
            Tag cell = Tag.of("td", "number");
            row.add(
                    estimate.isDefined()
                            ? cell.text(format.of(estimate.value()) + " ")
                                    .add(Tag.of("small").text(estimate.bounds().text(format)))
                            : cell);
        });
        return row;
    }

    private static Tag cell(Setting setting, Place place, ValueFormat format) {
        Tag cell = Tag.of("td", "number");
        return Optional.ofNullable(setting.figures().get(place))
                .map(Estimated::estimate)
                .map(estimate -> cell.with("title", estimate.identities() + " classes, seeds: " + estimate.seeds())
                        .text(format.of(estimate.mean()) + " ")
                        .add(Tag.of("small").text(estimate.interval(format))))
                .orElseGet(() -> cell.text("–"));
    }
}
