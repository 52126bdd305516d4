package org.obverse.cli.compare;

import java.util.List;
import java.util.Set;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.cli.figure.Doubt;
import org.obverse.cli.figure.Finding;
import org.obverse.cli.figure.Holm;
import org.obverse.engine.record.Score.Subject;

/**
 * One figure of two sides, as means over the same identities.
 *
 * @param figure its name, direction and unit
 * @param subject who does better where it is better
 * @param identities that have it on both sides, under every seed
 * @param leftOut those that do not
 * @param baseline mean of the first side
 * @param other mean of the second
 * @param beside what controls score, and the shares of the attacks; nothing is tested of them
 * @param corrected the p value after {@link Holm}, over all figures of all sides that were compared together
 */
public record ComparedFigure(
        Figure figure,
        Subject subject,
        int identities,
        int leftOut,
        double baseline,
        double other,
        List<BesideFigure> beside,
        Finding finding,
        double corrected,
        Set<Doubt> doubts) {
    private static final double LEVEL = 0.05;

    public ComparedFigure {
        beside = List.copyOf(beside);
    }

    ComparedFigure withCorrected(double p) {
        return new ComparedFigure(figure, subject, identities, leftOut, baseline, other, beside, finding, p, doubts);
    }

    /** What can be said of it. */
    public enum Verdict {
        /** There is a difference. */
        REAL,
        /** There seems to be one, but among so many figures one is found by chance. */
        LOST_AMONG_MANY,
        /** Each identity has the same value on both sides. */
        EQUAL,
        /** Nothing. */
        OPEN
    }

    public Verdict verdict() {
        if (corrected < LEVEL) {
            return Verdict.REAL;
        }
        if (finding.error() == 0 && finding.difference() == 0) {
            return Verdict.EQUAL;
        }
        return finding.p() < LEVEL ? Verdict.LOST_AMONG_MANY : Verdict.OPEN;
    }

    /** Whether every identity shows the same difference, and there is one. */
    boolean isUniform() {
        return finding.error() == 0 && finding.difference() != 0;
    }

    /**
     * The relative advantage (Struppek et al. 2024, Figs. 2 and 6a): the difference as a share of the baseline, positive where the second side
     * did better; NaN where the figure has no direction, and beside a baseline of 0.
     */
    public double advantage() {
        double gained = finding.difference() / Math.abs(baseline);
        return switch (figure.better()) {
            case HIGHER -> baseline == 0 ? Double.NaN : gained;
            case LOWER -> baseline == 0 ? Double.NaN : -gained;
            case NEITHER -> Double.NaN;
        };
    }

    /** Whether the second side did better than the first, where the figure has a direction. */
    boolean isGain() {
        return switch (figure.better()) {
            case HIGHER -> finding.difference() > 0;
            case LOWER -> finding.difference() < 0;
            case NEITHER -> false;
        };
    }
}
