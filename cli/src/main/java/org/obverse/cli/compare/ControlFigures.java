package org.obverse.cli.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.obverse.cli.compare.ClassFigure.Place;
import org.obverse.cli.figure.Bootstrap;
import org.obverse.cli.figure.Estimate;
import org.obverse.cli.figure.MeanInterval;
import org.obverse.cli.figure.Normalised;
import org.obverse.engine.record.MeasuredControl;
import org.obverse.engine.record.RunRecord;

/** What controls score beside the attack of cells that differ in seeds alone. */
public final class ControlFigures {
    /** The label of the attack's share of what controls leave. */
    public static final String NORMALISED = "normalised";

    private final List<Measured> seeds;

    private ControlFigures(List<Measured> seeds) {
        this.seeds = seeds;
    }

    /** Of cells, one per seed. */
    public static ControlFigures of(List<RunRecord> seeds) {
        return new ControlFigures(seeds.stream().map(Measured::of).toList());
    }

    /** What one cell left. */
    private record Measured(Map<Place, ClassFigure> attack, List<Control> controls) {
        static Measured of(RunRecord run) {
            return new Measured(
                    ClassFigure.of(run),
                    run.controls().stream()
                            .map(control -> new Control(control, ClassFigure.of(control.scores())))
                            .toList());
        }

        Optional<ClassFigure> attack(Place place) {
            return Optional.ofNullable(attack.get(place));
        }

        Optional<ClassFigure> control(Predicate<MeasuredControl> wanted, Place place) {
            return controls.stream()
                    .filter(control -> wanted.test(control.control()))
                    .flatMap(control -> Optional.ofNullable(control.figures().get(place)).stream())
                    .findFirst();
        }
    }

    private record Control(MeasuredControl control, Map<Place, ClassFigure> figures) {}

    /**
     * By their labels, in the order of the plans, the attack's share behind them; nothing where no control has the figure.
     *
     * @param figure of the attack
     * @param classes that it is the mean of; a control that lacks some is of the others
     */
    public Map<String, Estimate> beside(ClassFigure figure, List<Integer> classes, Bootstrap bootstrap) {
        Map<String, Estimate> rows = new LinkedHashMap<>();
        for (String label : labels()) {
            List<ClassFigure> found = seeds.stream()
                    .flatMap(seed -> seed.control(control -> control.label().equals(label), figure.place()).stream())
                    .toList();
            List<Integer> usable = usable(classes, found);
            if (!found.isEmpty() && !usable.isEmpty()) {
                rows.put(
                        label,
                        MeanInterval.of(
                                        ClassFigure.values(found, usable),
                                        figure.figure().unit(),
                                        bootstrap)
                                .estimate());
            }
        }
        if (Normalised.isOf(
                figure.place().metric(), figure.figure().name(), figure.figure().unit())) {
            share(figure.place(), classes, bootstrap).ifPresent(share -> rows.put(NORMALISED, share));
        }
        return rows;
    }

    private Set<String> labels() {
        Set<String> labels = new LinkedHashSet<>();
        seeds.forEach(seed ->
                seed.controls().forEach(control -> labels.add(control.control().label())));
        return labels;
    }

    private static List<Integer> usable(List<Integer> classes, List<ClassFigure> figures) {
        return classes.stream()
                .filter(label -> figures.stream().allMatch(figure -> figure.has(label)))
                .toList();
    }

    /** Of the seeds and classes that have all three; nothing if there are none. */
    private Optional<Estimate> share(Place place, List<Integer> classes, Bootstrap bootstrap) {
        List<ClassFigure> rates = new ArrayList<>();
        List<ClassFigure> nothing = new ArrayList<>();
        List<ClassFigure> ceiling = new ArrayList<>();
        for (Measured seed : seeds) {
            Optional<ClassFigure> attack = seed.attack(place);
            Optional<ClassFigure> low = seed.control(control -> control.name().equals(Normalised.NULL), place);
            Optional<ClassFigure> high = seed.control(control -> control.name().equals(Normalised.CEILING), place);
            if (attack.isPresent() && low.isPresent() && high.isPresent()) {
                rates.add(attack.get());
                nothing.add(low.get());
                ceiling.add(high.get());
            }
        }
        List<Integer> usable = usable(usable(usable(classes, rates), nothing), ceiling);
        return rates.isEmpty() || usable.isEmpty()
                ? Optional.empty()
                : Optional.of(Normalised.of(
                        ClassFigure.values(rates, usable),
                        ClassFigure.values(nothing, usable),
                        ClassFigure.values(ceiling, usable),
                        bootstrap));
    }
}
