package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.cli.compare.ClassFigure.Place;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.html.Tag.Scope;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;
import org.obverse.cli.report.study.Setting.Estimated;

/** The classes at both ends of the verdict's figure, as means over all settings, with what each setting has of them. */
final class ExtremeClasses {
    private static final int EACH = 5;
    private static final int SETTINGS = 8;

    private final ReportedStudy study;
    private final List<Setting> settings;

    ExtremeClasses(ReportedStudy study, List<Setting> settings) {
        this.study = study;
        this.settings = settings;
    }

    List<Tag> tags() {
        return VerdictSection.main(settings).map(this::tags).orElse(List.of());
    }

    private List<Tag> tags(Place place) {
        List<Setting> with = settings.stream()
                .filter(setting -> setting.figures().containsKey(place))
                .toList();
        List<Estimated> figures = with.stream()
                .map(setting ->
                        Optional.ofNullable(setting.figures().get(place)).orElseThrow())
                .toList();
        Figure figure = figures.get(0).figure().figure();
        Map<Integer, Double> means = figures.stream()
                .flatMap(estimated -> estimated.classes().entrySet().stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.averagingDouble(Map.Entry::getValue)));
        List<Integer> ranked = new ArrayList<>(means.keySet());
        Comparator<Integer> byMean = Comparator.comparingDouble(label -> means.getOrDefault(label, Double.NaN));
        ranked.sort(figure.better() == Better.LOWER ? byMean : byMean.reversed());
        int each = Math.min(EACH, ranked.size() / 2);
        if (each == 0) {
            return List.of();
        }
        List<Setting> shown = with.size() > 1 && with.size() <= SETTINGS ? with : List.of();
        Tag head = Tag.of("tr")
                .add(
                        Tag.head(Scope.COL, "first").text("class"),
                        Tag.head(Scope.COL, "figure").text(figure.name()));
        shown.forEach(setting -> head.add(Tag.head(Scope.COL, "figure").text(setting.label())));
        List<Tag> parts = new ArrayList<>(List.of(Tag.of("thead").add(head)));
        ValueFormat format = ValueFormat.of(figure.unit(), List.copyOf(means.values()));
        for (boolean isBest : List.of(true, false)) {
            Tag body = Tag.of("tbody")
                    .add(Tag.of("tr")
                            .add(Tag.head(Scope.ROWGROUP, "part")
                                    .with("colspan", String.valueOf(2 + shown.size()))
                                    .text(isBest == (figure.better() != Better.LOWER) ? "Highest" : "Lowest")));
            List<Integer> classes =
                    isBest ? ranked.subList(0, each) : ranked.subList(ranked.size() - each, ranked.size());
            for (int label : classes) {
                Tag row = Tag.of("tr")
                        .add(
                                Tag.head(Scope.ROW, "first").text(name(label)),
                                Tag.of("td", "number").text(format.withSign(means.getOrDefault(label, Double.NaN))));
                shown.forEach(setting -> row.add(Tag.of("td", "number")
                        .text(format.withSign(
                                Optional.ofNullable(setting.figures().get(place))
                                        .map(estimated -> estimated.classes().getOrDefault(label, Double.NaN))
                                        .orElse(Double.NaN)))));
                body.add(row);
            }
            parts.add(body);
        }
        return List.of(
                Tag.of("p", "note")
                        .text("By " + figure.name() + " of each class"
                                + (with.size() > 1 ? ", mean over all settings" : "")
                                + "; classes that are equal stand in the order of their numbers. A class has few reconstructions and no"
                                + " interval of its own, so chance has a part in which stand at the ends."),
                Tag.table("figures", "Classes at both ends of " + figure.name(), parts.toArray(Tag[]::new)));
    }

    /** Cells with other data may call the class of a number otherwise. */
    private String name(int label) {
        return study.cells().stream()
                .map(cell -> cell.run().className(label))
                .distinct()
                .collect(Collectors.joining(" / "));
    }
}
