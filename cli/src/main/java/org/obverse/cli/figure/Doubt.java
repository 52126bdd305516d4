package org.obverse.cli.figure;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Why an interval may be too narrow. In simulations without these, 93 to 97 of 100 intervals of 95 % held the truth. */
public enum Doubt {
    FEW_IDENTITIES("fewer than 10 identities: of 100 simulated intervals of 95 %, 77 to 96 held the truth"),
    FEW_DIFFER("fewer than 5 identities that differ from what most of them show"),
    NEAR_A_BOUND(
            "fewer than 100 identities, and a rate below 10 % or above 90 %: of 100 simulated intervals of 95 %, 75 to 95"
                    + " held the truth"),
    TWO_SEEDS("two seeds only: of 100 simulated intervals of 95 %, 91 to 97 held the truth");

    private static final int FEW = 10;
    private static final int FEW_DIFFERING = 5;
    private static final int MANY = 100;
    private static final double LOW_RATE = 0.1;
    private static final double STEPS = 1e9;

    private final String reason;

    Doubt(String reason) {
        this.reason = reason;
    }

    /** In words; no sentence. */
    public String reason() {
        return reason;
    }

    /**
     * @param means of both sides
     */
    public static Set<Doubt> of(Contrast contrast, String unit, double... means) {
        Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
        int identities = contrast.identities();
        if (identities < FEW) {
            doubts.add(FEW_IDENTITIES);
        }
        if (identities - mostCommon(contrast.effects()) < FEW_DIFFERING) {
            doubts.add(FEW_DIFFER);
        }
        boolean isNearABound = Arrays.stream(means).anyMatch(mean -> mean < LOW_RATE || mean > 1 - LOW_RATE);
        if (unit.equals("fraction") && isNearABound && identities < MANY) {
            doubts.add(NEAR_A_BOUND);
        }
        if (contrast.isOverSeeds() && contrast.arms().stream().anyMatch(arm -> arm.length == 2)) {
            doubts.add(TWO_SEEDS);
        }
        return doubts;
    }

    /** How often the most frequent value occurs. */
    private static long mostCommon(double[] values) {
        Map<Long, Long> counts = Arrays.stream(values)
                .mapToObj(value -> Math.round(value * STEPS))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.values().stream().mapToLong(count -> count).max().orElse(0);
    }
}
