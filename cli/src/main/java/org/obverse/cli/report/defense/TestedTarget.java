package org.obverse.cli.report.defense;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.obverse.api.oracle.Access;
import org.obverse.cli.figure.Bootstrap;
import org.obverse.cli.figure.MeanInterval;
import org.obverse.engine.plan.Threat;

/**
 * A target of a study and what was tried on it.
 *
 * @param label what its defense is; no two targets of a study have the same
 * @param tried attacks that are finished, in the study's order
 * @param open attacks of the study that are not
 * @param accuracy on private test images, the mean over seeds; NaN where it was not measured
 * @param access the most that the study grants its attackers
 * @param figures that metrics found of it or of attacks on it, and where
 */
public record TestedTarget(
        String label,
        Model model,
        List<Tried> tried,
        int open,
        double accuracy,
        Access access,
        List<Measured> figures) {
    private static final int DRAWS = 10_000;

    public TestedTarget {
        tried = List.copyOf(tried);
        figures = List.copyOf(figures);
    }

    /**
     * A figure, the mean over seeds.
     *
     * @param of such as {@code of attack poincare}; empty if it is the target's own
     */
    public record Measured(String name, double value, String of) {}

    /** What some finished attack was. */
    Set<Threat> threats() {
        Set<Threat> threats = new LinkedHashSet<>();
        tried.forEach(attack -> threats.addAll(attack.threats()));
        return threats;
    }

    /** The attack that found most; nothing if none is finished. */
    Optional<Tried> strongest() {
        return strongest(tried);
    }

    static Optional<Tried> strongest(List<Tried> attacks) {
        return attacks.stream().max(Comparator.comparingDouble(attack -> attack.sign() * attack.mean()));
    }

    /**
     * The mean over people of what the attack found that reveals each most, as AutoAttack counts an image as lost if any of its attacks
     * changes its class (Croce and Hein, ICML 2020). Above {@link #strongest}, also by luck alone: the best of several draws.
     */
    Optional<MeanInterval> worst() {
        if (tried.size() < 2) {
            return Optional.empty();
        }
        Set<Integer> classes =
                new LinkedHashSet<>(tried.get(0).found().classes().keySet());
        tried.forEach(attack -> classes.retainAll(attack.found().classes().keySet()));
        TreeMap<Integer, Double> worst = new TreeMap<>();
        for (Tried attack : tried) {
            attack.found().classes().forEach((label, value) -> {
                if (classes.contains(label)) {
                    worst.merge(label, value, (a, b) -> attack.sign() < 0 ? Math.min(a, b) : Math.max(a, b));
                }
            });
        }
        if (worst.isEmpty()) {
            return Optional.empty();
        }
        double[] values = new ArrayList<>(worst.values())
                .stream().mapToDouble(Double::doubleValue).toArray();
        String unit = tried.get(0).found().figure().figure().unit();
        return Optional.of(MeanInterval.of(new double[][] {values}, unit, new Bootstrap(DRAWS)));
    }
}
