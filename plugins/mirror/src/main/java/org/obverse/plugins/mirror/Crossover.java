package org.obverse.plugins.mirror;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How often a child has a coordinate of its first parent rather than of its second. */
public enum Crossover {
    /** In proportion to the target's confidences, {@code p₁ / (p₁ + p₂)}. */
    @JsonProperty("likelihood")
    LIKELIHOOD {
        @Override
        double share(double first, double second) {
            return 1 / (1 + Math.exp(second - first));
        }
    },
    /**
     * As the published code does it, {@code F₁ / (F₁ + F₂)} of the negative logarithms: the worse parent gives more. One
     * half where both are 0.
     */
    @JsonProperty("published")
    PUBLISHED {
        @Override
        double share(double first, double second) {
            return first == 0 && second == 0 ? 0.5 : first / (first + second);
        }
    };

    /**
     * @param first {@code log p} of the first parent
     * @param second {@code log p} of the second one
     */
    abstract double share(double first, double second);
}
