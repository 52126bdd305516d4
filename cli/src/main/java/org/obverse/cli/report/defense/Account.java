package org.obverse.cli.report.defense;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.oracle.Access;
import org.obverse.cli.figure.Finding;
import org.obverse.cli.figure.MeanInterval;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.engine.plan.Threat;

/** What is to be said of one attacked target, in words. */
public record Account(TestedTarget target, Verification verification) {
    private static final int POINTS = 100;

    /** What can be claimed: the first sentence that a reader should see. */
    public String verdict() {
        if (!target.model().isDefended()) {
            return "No defense is declared, so nothing is claimed for one.";
        }
        return verification
                .counterpart()
                .filter(other -> verification.isVerified())
                .map(this::verified)
                .orElseGet(() -> "Unverified: " + verification.reason()
                        + ". What looks like protection may be what these attacks could not do.");
    }

    private String verified(TestedTarget other) {
        return "Verified: a label-only, a transfer and an adapted attack ran on it, and its test accuracy of "
                + Verification.percent(target.accuracy()) + " is that of an undefended target ("
                + Verification.percent(other.accuracy()) + ")."
                + effect(other).map(sentence -> " " + sentence).orElse("");
    }

    /**
     * The strongest attack on either. That the defended one was attacked more often is said, and speaks against it: so only a lower figure
     * concludes anything.
     */
    private Optional<String> effect(TestedTarget other) {
        return target.strongest()
                .flatMap(here -> other.strongest().map(there -> {
                    Finding found = Flags.difference(there, here);
                    boolean isLess = here.sign() * found.difference() < 0 && found.p() <= Flags.CHANCE;
                    String conclusion = isLess ? "it protects" : "no protection is shown";
                    return "Against the strongest of %d attacks on that one (%s, %s) the strongest of %d on this one finds %s: %s."
                            .formatted(
                                    other.tried().size(),
                                    there.name(),
                                    there.value(),
                                    target.tried().size(),
                                    difference(
                                            found,
                                            here.found().figure().figure().unit()),
                                    conclusion);
                }));
    }

    private static String difference(Finding found, String unit) {
        boolean isShare = unit.equals("fraction");
        String interval = Double.isNaN(found.low())
                ? ""
                : " [%s, %s]".formatted(signed(found.low(), isShare), signed(found.high(), isShare));
        return signed(found.difference(), isShare) + (isShare ? " points" : "") + interval;
    }

    private static String signed(double value, boolean isShare) {
        return String.format(Locale.ROOT, "%+.1f", isShare ? POINTS * value : value)
                .replace('-', '−');
    }

    /** What it gives away at worst; nothing if no attack is finished. */
    public Optional<String> worst() {
        return target.strongest().map(attack -> {
            String sentence = "At worst %s is %s (%s, %s)"
                    .formatted(attack.found().figure().figure().name(), attack.value(), attack.name(), attack.manner());
            String each = target.worst()
                    .map(interval ->
                            ", the most of %d attacks; %s if each person is shown by whichever attack reveals them most"
                                    .formatted(target.tried().size(), value(interval, attack)))
                    .orElse("");
            return sentence + each + ".";
        });
    }

    private static String value(MeanInterval interval, Tried attack) {
        ValueFormat format = ValueFormat.of(attack.found().figure().figure().unit(), List.of(interval.mean()));
        return (format.withSign(interval.mean()) + " " + interval.interval(format)).strip();
    }

    /** The kinds of attack that are missing, each with the reason that the plan tells. */
    public List<String> notTried() {
        Set<Threat> missing = EnumSet.allOf(Threat.class);
        missing.removeAll(target.threats());
        if (!target.model().isDefended()) {
            missing.remove(Threat.ADAPTED);
        }
        List<String> lines = new ArrayList<>();
        missing.forEach(threat -> lines.add(threat.label() + ": " + reason(threat)));
        if (target.open() > 0) {
            lines.add("attacks of the study that are not finished: " + target.open());
        }
        return lines;
    }

    private String reason(Threat threat) {
        Access needed = switch (threat) {
            case LABEL_ONLY -> Access.LABELS;
            case BLACK_BOX -> Access.SCORES;
            case WHITE_BOX -> Access.WHITE_BOX;
            case TRANSFER, ADAPTED -> Access.NONE;
        };
        return target.access().grants(needed)
                ? "no such attack is finished"
                : "the plan grants " + target.access().label();
    }

    public List<Flag> flags() {
        return Flags.of(target);
    }
}
