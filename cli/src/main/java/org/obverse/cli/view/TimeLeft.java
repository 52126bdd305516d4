package org.obverse.cli.view;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.obverse.cli.view.WatchedUnit.State;

/**
 * How long a study will still take if units of one slot go on taking as long as those before them, and as many are worked on at once.
 *
 * @param seconds negative if nothing can be said
 * @param untimed units that are left out, because none of their slot has been timed
 */
record TimeLeft(double seconds, int untimed) {
    /** Before that what is done of a unit says nothing of how long it takes. */
    private static final double LEAST_SHARE = 0.01;

    /**
     * @param elapsed seconds since the first unit was offered
     */
    static TimeLeft of(Collection<WatchedUnit> units, long now, double elapsed) {
        Map<String, double[]> timed = new HashMap<>();
        double busy = 0;
        for (WatchedUnit unit : units) {
            double seconds = unit.seconds(now);
            if (seconds >= 0) {
                busy += seconds;
                double whole = unit.state() == State.WORKING ? whole(unit, seconds) : seconds;
                if (whole >= 0) {
                    double[] sum = timed.computeIfAbsent(unit.name().slot(), key -> new double[2]);
                    sum[0] += whole;
                    sum[1]++;
                }
            }
        }
        double work = 0;
        int open = 0;
        int untimed = 0;
        for (WatchedUnit unit : units) {
            if (unit.state().isSettled()) {
                continue;
            }
            open++;
            double[] sum = timed.get(unit.name().slot());
            if (sum == null) {
                untimed++;
            } else {
                work += rest(unit, sum[0] / sum[1], now);
            }
        }
        if (open == 0) {
            return new TimeLeft(0, 0);
        }
        double atOnce = elapsed > 0 ? Math.max(1, busy / elapsed) : 1;
        return new TimeLeft(untimed == open ? -1 : work / atOnce, untimed);
    }

    private static double rest(WatchedUnit unit, double usual, long now) {
        if (unit.state() != State.WORKING) {
            return usual;
        }
        double seconds = Math.max(0, unit.seconds(now));
        double whole = whole(unit, seconds);
        return Math.max(0, (whole >= 0 ? whole : usual) - seconds);
    }

    /** Of a unit that is worked on; negative as long as that is a guess. */
    private static double whole(WatchedUnit unit, double seconds) {
        return unit.share() > LEAST_SHARE ? seconds / unit.share() : -1;
    }
}
