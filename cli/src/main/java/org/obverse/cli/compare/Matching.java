package org.obverse.cli.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.compare.CellPair.Starts;
import org.obverse.cli.compare.ClassFigure.Place;
import org.obverse.cli.compare.Comparison.Versus;
import org.obverse.cli.figure.Bootstrap;
import org.obverse.cli.figure.Contrast;
import org.obverse.cli.figure.Doubt;
import org.obverse.cli.figure.Finding;
import org.obverse.engine.record.Score;

/** Finds what two sides have in common, class by class. */
final class Matching {
    private final Side baseline;
    private final Side other;
    private final Predicate<Place> wanted;
    private final List<Map<Place, ClassFigure>> there;
    private final List<Map<Place, ClassFigure>> here;
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * @param given of which nothing keeps from being compared with the baseline
     * @param wanted the columns that are looked at
     */
    Matching(Side baseline, Side given, Predicate<Place> wanted) {
        this.baseline = baseline;
        this.wanted = wanted;
        this.other = baseline.hasSeedsOf(given) ? given.alongside(baseline) : given;
        this.there = baseline.cells().stream()
                .map(cell -> ClassFigure.of(cell.record()))
                .toList();
        this.here = other.cells().stream()
                .map(cell -> ClassFigure.of(cell.record()))
                .toList();
    }

    /** What is known of one figure. */
    private record Matched(
            ClassFigure shown, List<Integer> classes, Contrast contrast, int leftOut, double baseline, double other) {}

    /**
     * @throws InvalidConfigurationException if no figure has two classes that both sides have
     */
    Versus compare(Bootstrap bootstrap) {
        noteSeeds();
        ControlFigures before = ControlFigures.of(baseline.records());
        ControlFigures after = ControlFigures.of(other.records());
        List<ComparedFigure> figures = new ArrayList<>();
        for (Matched matched : matched()) {
            ClassFigure shown = matched.shown();
            figures.add(new ComparedFigure(
                    shown.figure(),
                    shown.subject(),
                    matched.contrast().identities(),
                    matched.leftOut(),
                    matched.baseline(),
                    matched.other(),
                    BesideFigure.of(
                            before.beside(shown, matched.classes(), bootstrap),
                            after.beside(shown, matched.classes(), bootstrap)),
                    Finding.of(matched.contrast(), bootstrap),
                    Double.NaN,
                    Doubt.of(matched.contrast(), shown.figure().unit(), matched.baseline(), matched.other())));
        }
        Stream.of(baseline, other).flatMap(side -> side.accepted().stream()).forEach(reason -> notes.add(reason + "."));
        return new Versus(other, starts(), figures, List.copyOf(notes));
    }

    /** The same if every pair has them. */
    private Starts starts() {
        List<Starts> starts =
                baseline.pairs(other).stream().map(CellPair::starts).distinct().toList();
        return starts.size() == 1 ? starts.get(0) : Starts.OTHER;
    }

    private void noteUndefined() {
        Stream.concat(baseline.cells().stream(), other.cells().stream())
                .forEach(cell -> cell.record().scores().forEach(score -> {
                    if (score instanceof Score.Undefined undefined) {
                        notes.add(
                                score.metric() + " is undefined in '" + cell.name() + "': " + undefined.reason() + ".");
                    }
                }));
    }

    /** How many figures {@link #compare} finds, before anything is drawn. */
    int size() {
        return matched().size();
    }

    private List<Matched> matched() {
        noteUndefined();
        List<Matched> found = new ArrayList<>();
        List<String> tooFew = new ArrayList<>();
        for (Place place : places()) {
            List<ClassFigure> before = there.stream().map(all -> of(place, all)).toList();
            List<ClassFigure> after = here.stream().map(all -> of(place, all)).toList();
            List<ClassFigure> both =
                    Stream.concat(before.stream(), after.stream()).toList();
            List<Integer> all = ClassFigure.classes(both);
            List<Integer> usable = all.stream()
                    .filter(label -> both.stream().allMatch(figure -> figure.has(label)))
                    .toList();
            if (usable.size() < 2) {
                tooFew.add(before.get(0).figure().name());
            } else {
                found.add(matched(before, after, usable, all.size() - usable.size()));
            }
        }
        if (found.isEmpty()) {
            throw nothing(tooFew);
        }
        tooFew.forEach(
                figure -> notes.add(figure + " is not compared: it takes two identities that have it on both sides."));
        return found;
    }

    /** What both sides have under every seed, from metrics that are set alike. */
    private Set<Place> places() {
        Set<Place> places = new LinkedHashSet<>(there.get(0).keySet());
        there.forEach(figures -> places.retainAll(figures.keySet()));
        here.forEach(figures -> places.retainAll(figures.keySet()));
        places.removeIf(wanted.negate());
        places.removeIf(place -> {
            List<String> differing = settings(place.metric());
            if (!differing.isEmpty()) {
                notes.add("Nothing of " + place.metric() + " is compared, because it is set otherwise: "
                        + String.join(", ", differing) + ".");
            }
            return !differing.isEmpty();
        });
        return places;
    }

    private static ClassFigure of(Place place, Map<Place, ClassFigure> figures) {
        ClassFigure figure = figures.get(place);
        if (figure == null) {
            throw new IllegalStateException("there is no " + place);
        }
        return figure;
    }

    private InvalidConfigurationException nothing(List<String> tooFew) {
        String problem = tooFew.isEmpty()
                ? "they have no figure per class in common"
                : "fewer than two identities have a figure on both sides, and chance shows only between identities";
        String wayOut = tooFew.isEmpty()
                ? "measure both with the same metrics, such as attack-accuracy, set alike"
                : "attack more classes";
        return new InvalidConfigurationException(new Problem(
                other.name(),
                "it cannot be compared with '" + baseline.name() + "', because " + problem,
                wayOut + (notes.isEmpty() ? "" : ". " + String.join(" ", notes))));
    }

    private List<String> settings(String metric) {
        Set<String> differing = new LinkedHashSet<>();
        baseline.pairs(other)
                .forEach(pair -> differing.addAll(
                        MetricSettings.of(pair.other()).differences(metric, MetricSettings.of(pair.baseline()))));
        return List.copyOf(differing);
    }

    private Matched matched(List<ClassFigure> before, List<ClassFigure> after, List<Integer> classes, int leftOut) {
        double[][] there = ClassFigure.values(before, classes);
        double[][] here = ClassFigure.values(after, classes);
        Contrast.Pairing pairing =
                baseline.hasSeedsOf(other) ? Contrast.Pairing.SAME_SEEDS : Contrast.Pairing.OWN_SEEDS;
        return new Matched(
                before.get(0),
                classes,
                Contrast.of(there, here, pairing),
                leftOut,
                Contrast.mean(there),
                Contrast.mean(here));
    }

    private void noteSeeds() {
        int before = baseline.seeds();
        int after = other.seeds();
        if (before == 1 && after == 1) {
            return;
        }
        if (before == 1 || after == 1) {
            notes.add(
                    "One side has a single seed: the intervals are about other identities, and not about other seeds.");
        } else if (baseline.hasSeedsOf(other)) {
            notes.add("Over " + after + " seeds, the same on both sides.");
        } else {
            notes.add("Over " + after + " seeds, and " + before + " others of the baseline.");
        }
    }
}
