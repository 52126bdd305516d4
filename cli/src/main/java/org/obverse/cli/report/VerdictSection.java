package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.cli.compare.ClassFigure;
import org.obverse.cli.compare.ClassFigure.Place;
import org.obverse.cli.compare.ComparedCell;
import org.obverse.cli.compare.Comparison;
import org.obverse.cli.compare.Conclusion;
import org.obverse.cli.figure.Doubt;
import org.obverse.cli.figure.MeanInterval;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.cli.report.defense.DefensePage;
import org.obverse.cli.report.defense.Evidence;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.study.Ends;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;
import org.obverse.cli.report.study.Setting.Estimated;
import org.obverse.engine.record.Score.Subject;

/** What leaked, how sure that is, and what the run does not tell: a few sentences that are computed from its figures. */
final class VerdictSection {
    private static final String RECOGNISED = "Acc@";
    private static final double HALF = 0.5;
    private static final int SHOWN = 6;

    private final ReportedStudy study;
    private final List<Setting> settings;
    private final Optional<Place> main;

    VerdictSection(ReportedStudy study, List<Setting> settings) {
        this.study = study;
        this.settings = settings;
        this.main = main(settings);
    }

    /** How often a judge recognises what was found; or else the first rate at which the attack succeeds, or its first figure. */
    static Optional<Place> main(List<Setting> settings) {
        List<ClassFigure> all = settings.stream()
                .flatMap(setting -> setting.figures().values().stream())
                .map(Estimated::figure)
                .filter(figure -> figure.subject() == Subject.ATTACK)
                .toList();
        return all.stream()
                .filter(found -> found.figure().name().startsWith(RECOGNISED))
                .findFirst()
                .or(() -> all.stream()
                        .filter(found -> found.figure().better() == Better.HIGHER)
                        .filter(found -> found.figure().unit().equals("fraction"))
                        .findFirst())
                .or(() -> all.stream().findFirst())
                .map(ClassFigure::place);
    }

    List<Tag> tags() {
        List<Tag> tags = new ArrayList<>();
        main.ifPresent(place -> {
            leaked(place).forEach(sentence -> tags.add(Tag.of("p", "verdict").text(sentence)));
            tags.addAll(against(place));
            tags.addAll(sure(place));
        });
        tags.addAll(new DefensePage(Evidence.of(study, settings, main)).verdicts());
        List<String> missing = new NotMeasured(study, settings).sentences();
        if (!missing.isEmpty()) {
            Tag list = Tag.of("ul");
            missing.forEach(sentence -> list.add(Tag.of("li").text(sentence)));
            tags.add(Tag.of("h3").text("Not measured"));
            tags.add(list);
        }
        tags.add(Tag.of("p", "note")
                .text("To run it again: ")
                .add(
                        Tag.of("code").text(DetailsSection.command(study.name())),
                        Tag.of("a").with("href", "#again").text("with this plan")));
        return tags;
    }

    private List<Setting> with(Place place) {
        return settings.stream()
                .filter(setting -> setting.figures().containsKey(place))
                .toList();
    }

    private static Estimated figure(Setting setting, Place place) {
        return Optional.ofNullable(setting.figures().get(place)).orElseThrow();
    }

    /** Of the only setting, or of the two at the ends. */
    private List<String> leaked(Place place) {
        List<Setting> ranked = new ArrayList<>(with(place));
        ClassFigure shown = figure(ranked.get(0), place).figure();
        if (ranked.size() == 1) {
            return List.of(told(ranked.get(0), place));
        }
        Comparator<Setting> byMean = Comparator.comparingDouble(
                setting -> figure(setting, place).estimate().mean());
        ranked.sort(shown.figure().better() == Better.LOWER ? byMean : byMean.reversed());
        Setting first = ranked.get(0);
        Setting last = ranked.get(ranked.size() - 1);
        boolean apart = Ends.areApart(
                figure(first, place).estimate(), figure(last, place).estimate());
        boolean isRanked = apart && shown.figure().better() != Better.NEITHER;
        boolean isFirstLowest = shown.figure().better() == Better.LOWER;
        return List.of(
                (isRanked ? "The attack finds most with " : isFirstLowest ? "Lowest with " : "Highest with ")
                        + first.label() + ": " + told(first, place),
                (isRanked ? "It finds least with " : isFirstLowest ? "Highest with " : "Lowest with ") + last.label()
                        + ": " + told(last, place)
                        + (apart ? "" : " These two are not told apart by their intervals."));
    }

    private static String told(Setting setting, Place place) {
        Estimated found = figure(setting, place);
        MeanInterval estimate = found.estimate();
        String name = found.figure().figure().name();
        ValueFormat format = ValueFormat.of(found.figure().figure().unit(), List.of(estimate.mean()));
        String over = estimate.identities()
                + (estimate.identities() == 1 ? " class" : " classes")
                + (estimate.seeds() > 1 ? " and " + estimate.seeds() + " seeds" : "");
        String sentence = name + " is " + format.withSign(estimate.mean())
                + (estimate.hasInterval()
                        ? ", 95 % interval over " + over + " " + estimate.interval(format) + "."
                        : (estimate.identities() == 1
                                ? "; one class alone has no interval."
                                : ", the same for each of " + over + ", so there is no interval."));
        if (!name.startsWith(RECOGNISED)) {
            return sentence;
        }
        long recognised =
                found.classes().values().stream().filter(share -> share >= HALF).count();
        return sentence + " At least half of what was reconstructed is recognised in " + recognised + " of "
                + found.classes().size() + " classes.";
    }

    /** What can be concluded of each other setting against the first, by the main figure alone. */
    private List<Tag> against(Place place) {
        List<ComparedCell> cells = study.cells().stream()
                .map(cell -> new ComparedCell(study.name(), cell.cell(), cell.run()))
                .filter(ComparedCell::isMeasured)
                .toList();
        List<Tag> tags = new ArrayList<>();
        for (List<ComparedCell> group : Comparison.groups(cells)) {
            try {
                tags.addAll(against(Comparison.of(group, place::equals)));
            } catch (InvalidConfigurationException e) {
                tags.add(Tag.of("p", "note")
                        .text("Not compared: " + e.problems().get(0).toString()));
            }
        }
        return tags;
    }

    private static List<Tag> against(Comparison comparison) {
        List<Tag> items = comparison.others().stream()
                .flatMap(versus -> versus.figures().stream()
                        .sorted(Comparator.comparing(figure -> figure.verdict()))
                        .map(figure -> Tag.of("li")
                                .add(Tag.of("strong").text(versus.other().name()))
                                .text(" – " + new Conclusion(comparison, figure).sentence())))
                .toList();
        Tag first = Tag.of("ul").addAll(items.subList(0, Math.min(SHOWN, items.size())));
        List<Tag> tags = new ArrayList<>();
        tags.add(Tag.of("h3").text("Against " + comparison.baseline().name()));
        tags.add(first);
        if (items.size() > SHOWN) {
            tags.add(Tag.collapsed(
                    (items.size() - SHOWN) + " more", Tag.of("ul").addAll(items.subList(SHOWN, items.size()))));
        }
        return tags;
    }

    private List<Tag> sure(Place place) {
        Set<Doubt> doubts = new LinkedHashSet<>();
        with(place)
                .forEach(setting ->
                        doubts.addAll(figure(setting, place).estimate().doubts()));
        return doubts.isEmpty()
                ? List.of()
                : List.of(Tag.of("p", "note")
                        .text("How sure: intervals may be too narrow, with "
                                + doubts.stream().map(Doubt::reason).collect(Collectors.joining("; with ")) + "."));
    }
}
