package org.obverse.cli.report.defense;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Stage;
import org.obverse.cli.figure.Bootstrap;
import org.obverse.cli.figure.Contrast;
import org.obverse.cli.figure.Contrast.Pairing;
import org.obverse.cli.figure.Finding;
import org.obverse.cli.report.defense.TestedTarget.Measured;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.engine.plan.Threat;
import org.obverse.engine.product.Movement;
import org.obverse.engine.record.CurveBand;
import org.obverse.engine.record.CurveBand.Point;

/**
 * Signs that attacks failed at something else than the defense, as AutoAttack's program (Croce and Hein, ICML 2020) and the checklist of Carlini
 * et al. ("On Evaluating Adversarial Robustness", 2019) look for them, carried over to model inversion: by figures that were recorded
 * anyway.
 */
final class Flags {
    /** More points than this without a gradient, or candidates with an equal score, are no accident. Ours. */
    static final double SHARE = 0.1;

    /** A cosine below this one: the next gradient points at least 60° away, less than half of the step is kept. Ours. */
    static final double TURNED = 0.5;

    /** In float32 {@code 1 - p} is 0 from this margin on: ln 2^24 (specification of attacks on negative smoothing, 1.2). */
    static final double SATURATED = 24 * Math.log(2);

    /** What a difference may have been by chance to be told as one: the level of all of the program's intervals. */
    static final double CHANCE = 0.05;

    private static final int DRAWS = 10_000;
    private static final String LOSS = "loss";

    private final TestedTarget target;

    private Flags(TestedTarget target) {
        this.target = target;
    }

    /** Raised against a target's figures. */
    static List<Flag> of(TestedTarget target) {
        Flags flags = new Flags(target);
        List<Flag> raised = new ArrayList<>();
        flags.strongerFromOutside().ifPresent(raised::add);
        flags.flatLoss().ifPresent(raised::add);
        flags.measured(
                        "gradients vanish",
                        List.of("vanished cross-entropy", "steps without gradient similarity"),
                        share -> share > SHARE,
                        "attacks by the cross-entropy stand still there, whatever the model would give away.")
                .ifPresent(raised::add);
        flags.measured(
                        "gradients turn",
                        List.of("poincare after a step", "cross-entropy after a step", "gradient similarity"),
                        cosine -> cosine < TURNED,
                        "what a step gains the next one loses; averaging gradients over views may find more.")
                .ifPresent(raised::add);
        flags.ties().ifPresent(raised::add);
        flags.saturation().ifPresent(raised::add);
        flags.unfit().ifPresent(raised::add);
        return raised;
    }

    /** Beyond chance, by the paired difference over people. */
    private Optional<Flag> strongerFromOutside() {
        List<Tried> plain = target.tried().stream()
                .filter(attack -> attack.threats().contains(Threat.WHITE_BOX))
                .filter(attack -> !attack.threats().contains(Threat.ADAPTED))
                .toList();
        List<Tried> outside = target.tried().stream()
                .filter(attack -> !attack.threats().contains(Threat.WHITE_BOX))
                .filter(attack -> !attack.threats().isEmpty())
                .toList();
        return TestedTarget.strongest(plain)
                .flatMap(inner -> TestedTarget.strongest(outside)
                        .filter(outer -> outer.sign() * difference(inner, outer).difference() > 0)
                        .filter(outer -> difference(inner, outer).p() <= CHANCE)
                        .map(outer -> new Flag(
                                "less access finds more",
                                "%s, %s: %s; %s, %s: %s"
                                        .formatted(
                                                outer.name(),
                                                outer.manner(),
                                                outer.value(),
                                                inner.name(),
                                                inner.manner(),
                                                inner.value()),
                                "who sees more cannot know less, so the gradients of this target mislead, and its white-box"
                                        + " figures are no bound.")));
    }

    /** Of the means over people that both have; NaN bounds where there are fewer than two. */
    static Finding difference(Tried baseline, Tried other) {
        TreeMap<Integer, Double> shared = new TreeMap<>(baseline.found().classes());
        shared.keySet().retainAll(other.found().classes().keySet());
        double[] one = shared.values().stream().mapToDouble(Double::doubleValue).toArray();
        double[] two = shared.keySet().stream()
                .mapToDouble(label -> other.found().classes().getOrDefault(label, Double.NaN))
                .toArray();
        return one.length < 2
                ? new Finding(other.mean() - baseline.mean(), Double.NaN, Double.NaN, 1, 0, Double.NaN)
                : Finding.of(
                        Contrast.of(new double[][] {one}, new double[][] {two}, Pairing.OWN_SEEDS),
                        new Bootstrap(DRAWS));
    }

    private Optional<Flag> flatLoss() {
        List<String> flat = new ArrayList<>();
        for (Tried attack : target.tried()) {
            for (ReportedCell cell : attack.setting().cells()) {
                cell.run().curves().stream()
                        .filter(curve -> curve.stage().equals(Stage.OPTIMIZE.label()))
                        .filter(curve ->
                                curve.name().equals(LOSS) && curve.points().size() > 1)
                        .filter(Flags::isFlat)
                        .map(curve -> "%s: from %s to %s in %d steps"
                                .formatted(
                                        cell.label(),
                                        number(first(curve).mean()),
                                        number(last(curve).mean()),
                                        last(curve).step()))
                        .forEach(flat::add);
            }
        }
        return flag(
                "the loss does not fall",
                flat,
                "the search has not searched: take more or larger steps, or another loss, before its figure is read.");
    }

    /** By no share of its height: Poincaré's loss falls by a hundredth where a search succeeds. */
    private static boolean isFlat(CurveBand curve) {
        return last(curve).mean() >= first(curve).mean();
    }

    private static Point first(CurveBand curve) {
        return curve.points().get(0);
    }

    private static Point last(CurveBand curve) {
        return curve.points().get(curve.points().size() - 1);
    }

    /** Figures whose names begin with one of these words. */
    private Optional<Flag> measured(String name, List<String> words, DoublePredicate isBad, String meaning) {
        List<String> bad = target.figures().stream()
                .filter(figure -> words.stream().anyMatch(figure.name()::startsWith))
                .filter(figure -> isBad.test(figure.value()))
                .map(Flags::text)
                .toList();
        return flag(name, bad, meaning);
    }

    private Optional<Flag> ties() {
        List<String> tied = new ArrayList<>();
        for (Tried attack : target.tried()) {
            for (ReportedCell cell : attack.setting().cells()) {
                for (Stage stage : List.of(Stage.SAMPLE, Stage.SELECT)) {
                    cell.run().figures().entrySet().stream()
                            .filter(unit -> unit.getKey().startsWith(stage.label() + "/"))
                            .mapToDouble(unit -> unit.getValue().getOrDefault(Movement.TIED, Double.NaN))
                            .filter(Double::isFinite)
                            .average()
                            .stream()
                            .filter(share -> share > SHARE)
                            .mapToObj(share -> "%s: %s of what %s ranks"
                                    .formatted(cell.label(), Verification.percent(share), stage.label()))
                            .forEach(tied::add);
                }
            }
        }
        return flag(
                "ties in the ranking",
                tied,
                "which candidates are kept is chance; rank by margin, which goes on growing.");
    }

    private Optional<Flag> saturation() {
        return flag(
                "probabilities saturate",
                target.figures().stream()
                        .filter(figure -> figure.name().equals("margin") && figure.value() >= SATURATED)
                        .map(Flags::text)
                        .toList(),
                "of half of the test images the class has probability 1 in float32, so that scores tell no more than"
                        + " labels and the cross-entropy has no gradient left.");
    }

    private Optional<Flag> unfit() {
        List<String> low = new ArrayList<>();
        for (Tried attack : target.tried()) {
            for (ReportedCell cell : attack.setting().cells()) {
                cell.run().prepared().stream()
                        .filter(Preparer.Figure::isTooLow)
                        .map(figure -> "%s: %s %s, wanted %s"
                                .formatted(cell.label(), figure.name(), number(figure.value()), number(figure.least())))
                        .forEach(low::add);
            }
        }
        return flag(
                "what was prepared is of little use",
                low,
                "where the attack searches with these networks, they do not know the target, and its failure is theirs.");
    }

    private static String text(Measured figure) {
        return (figure.name() + " " + number(figure.value()) + " " + figure.of()).strip();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 0.01 && value != 0 ? "%.1e" : "%.2f", value)
                .replace('-', '−');
    }

    private static Optional<Flag> flag(String name, List<String> figures, String meaning) {
        return figures.isEmpty()
                ? Optional.empty()
                : Optional.of(new Flag(name, figures.stream().distinct().collect(Collectors.joining("; ")), meaning));
    }
}
