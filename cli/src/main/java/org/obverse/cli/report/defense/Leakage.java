package org.obverse.cli.report.defense;

import java.util.List;
import org.obverse.api.metric.Measurement.Chart;
import org.obverse.api.metric.Measurement.Mark;
import org.obverse.api.metric.Measurement.Series;

/**
 * What targets are worth to their owner and to an attacker: test accuracy against the strongest attack's figure.
 *
 * @param targets those that have both
 */
public record Leakage(List<TestedTarget> targets) {
    private static final int PERCENT = 100;

    public Leakage {
        targets = List.copyOf(targets);
    }

    public static Leakage of(Evidence evidence) {
        return new Leakage(evidence.targets().stream()
                .filter(target ->
                        Double.isFinite(target.accuracy()) && target.strongest().isPresent())
                .toList());
    }

    /** One target is no curve. */
    public boolean isCurve() {
        return targets.size() > 1;
    }

    /** A line per target, such as {@code undefended: test accuracy 97.4 %, Acc@1(judge) 64.0 % [57.1, 70.2]}. */
    public List<String> lines() {
        return targets.stream()
                .flatMap(target -> target.strongest().stream()
                        .map(attack -> "%s: %s %s, %s %s"
                                .formatted(
                                        target.label(),
                                        Evidence.ACCURACY,
                                        Verification.percent(target.accuracy()),
                                        attack.found().figure().figure().name(),
                                        attack.value())))
                .toList();
    }

    /** A point per target; of a curve. */
    public Chart chart() {
        Tried first = targets.get(0).strongest().orElseThrow();
        boolean isShare = first.found().figure().figure().unit().equals("fraction");
        return new Chart(
                "utility and leakage",
                "What a target is worth to its owner (further right) and to the strongest attack of the study (further up).",
                Mark.POINTS,
                Evidence.ACCURACY + ", %",
                first.found().figure().figure().name() + (isShare ? ", %" : ""),
                targets.stream()
                        .map(target -> Series.of(
                                target.label(),
                                List.of(PERCENT * target.accuracy()),
                                List.of((isShare ? PERCENT : 1)
                                        * target.strongest().orElseThrow().mean())))
                        .toList());
    }
}
