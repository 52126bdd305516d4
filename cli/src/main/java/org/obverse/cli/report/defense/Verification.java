package org.obverse.cli.report.defense;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.engine.plan.Threat;

/**
 * Whether enough was tried on a defended target to believe what its defense is said to do: a label-only attack, which no masked
 * gradient misleads, a transfer attack, which takes its gradients elsewhere, and one adapted to the defense (Tramèr et al., "On Adaptive
 * Attacks", NeurIPS 2020; Athalye et al., "Obfuscated Gradients", ICML 2018), at matched utility.
 *
 * @param missing what was not tried
 * @param utility why utility is not matched; empty if it is
 * @param counterpart the undefended target of matched utility; nothing if there is none
 */
public record Verification(Set<Threat> missing, String utility, Optional<TestedTarget> counterpart) {
    /**
     * How far the test accuracy of a defended target may lie from that of an undefended one to be matched. Ours: twice the
     * standard deviation over training seeds of the embedded benchmark's targets, which is at most 1 point (README, "What the demo shows").
     */
    static final double UTILITY_MARGIN = 0.02;

    /** What a result is called that proves nothing yet. */
    public static final String UNVERIFIED = "unverified";

    /** Without any of them nothing is claimed. */
    static final Set<Threat> NEEDED = EnumSet.of(Threat.LABEL_ONLY, Threat.TRANSFER, Threat.ADAPTED);

    private static final int POINTS = 100;

    /**
     * @param targets all of the study
     */
    static Verification of(TestedTarget target, List<TestedTarget> targets) {
        Set<Threat> missing = EnumSet.copyOf(NEEDED);
        missing.removeAll(target.threats());
        Optional<TestedTarget> closest = targets.stream()
                .filter(other -> target.model().isUndefended(other.model()))
                .filter(other -> Double.isFinite(gap(target, other)))
                .min(Comparator.comparing((TestedTarget other) -> other.tried().isEmpty())
                        .thenComparingDouble(other -> Math.abs(gap(target, other))));
        Optional<TestedTarget> matched = closest.filter(other -> Math.abs(gap(target, other)) <= UTILITY_MARGIN + 1e-9);
        return new Verification(missing, matched.isPresent() ? "" : unmatched(target, closest), matched);
    }

    private static double gap(TestedTarget target, TestedTarget other) {
        return target.accuracy() - other.accuracy();
    }

    private static String unmatched(TestedTarget target, Optional<TestedTarget> closest) {
        if (Double.isNaN(target.accuracy())) {
            return "its test accuracy was not measured (metric test-accuracy)";
        }
        return closest.map(other -> String.format(
                        Locale.ROOT,
                        "the undefended target closest to its test accuracy of %s has %s, %.1f points away, and at most %.0f are matched utility",
                        percent(target.accuracy()),
                        percent(other.accuracy()),
                        POINTS * Math.abs(gap(target, other)),
                        POINTS * UTILITY_MARGIN))
                .orElse("no undefended target of its kind has a test accuracy to hold against it");
    }

    static String percent(double share) {
        return ValueFormat.PERCENT.withSign(share);
    }

    public boolean isVerified() {
        return missing.isEmpty() && utility.isEmpty();
    }

    /** {@code verified} or {@code unverified}. */
    public String word() {
        return isVerified() ? "verified" : UNVERIFIED;
    }

    /** What is missing, as one clause; empty if nothing is. */
    public String reason() {
        List<String> reasons = new ArrayList<>();
        if (!missing.isEmpty()) {
            reasons.add("no "
                    + missing.stream().sorted().map(Threat::label).collect(Collectors.joining(", no "))
                    + " attack was finished on it");
        }
        if (!utility.isEmpty()) {
            reasons.add(utility);
        }
        return String.join("; ", reasons);
    }
}
