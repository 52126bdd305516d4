package org.obverse.cli.progress;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a study will still take if units of one kind go on taking as long as those before them, and as many are worked on at once.
 *
 * @param seconds negative if nothing can be said
 * @param untimed units that are left out, because none of their kind has been timed
 */
public record TimeLeft(double seconds, int untimed) {
    /** Before that what is done of a unit says nothing of how long it takes. */
    private static final double LEAST_SHARE = 0.01;

    /** What is known of a unit. */
    public enum Standing {
        OPEN,
        WORKING,
        SETTLED
    }

    /**
     * How far a unit is.
     *
     * @param kind what takes about as long each time
     * @param seconds since it was offered, or that it took; negative if nobody has seen that
     * @param share what is done of it, from 0 to 1
     */
    public record Timed(String kind, Standing standing, double seconds, double share) {
        /** All of it; negative as long as that is a guess. */
        private double whole() {
            if (standing != Standing.WORKING) {
                return seconds;
            }
            return seconds >= 0 && share > LEAST_SHARE ? seconds / share : -1;
        }

        private double rest(double usual) {
            if (standing != Standing.WORKING) {
                return usual;
            }
            return Math.max(0, (whole() >= 0 ? whole() : usual) - Math.max(0, seconds));
        }
    }

    /**
     * @param elapsed seconds since the first unit was offered
     */
    public static TimeLeft of(Collection<Timed> units, double elapsed) {
        Map<String, double[]> timed = new HashMap<>();
        double busy = 0;
        for (Timed unit : units) {
            busy += Math.max(0, unit.seconds());
            if (unit.whole() >= 0) {
                double[] sum = timed.computeIfAbsent(unit.kind(), key -> new double[2]);
                sum[0] += unit.whole();
                sum[1]++;
            }
        }
        double work = 0;
        int open = 0;
        int untimed = 0;
        for (Timed unit : units) {
            if (unit.standing() == Standing.SETTLED) {
                continue;
            }
            open++;
            double[] sum = timed.get(unit.kind());
            if (sum == null) {
                untimed++;
            } else {
                work += unit.rest(sum[0] / sum[1]);
            }
        }
        if (open == 0) {
            return new TimeLeft(0, 0);
        }
        double atOnce = elapsed > 0 ? Math.max(1, busy / elapsed) : 1;
        return new TimeLeft(untimed == open ? -1 : work / atOnce, untimed);
    }
}
