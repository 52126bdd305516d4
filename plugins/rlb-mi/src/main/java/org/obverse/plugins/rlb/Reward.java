package org.obverse.plugins.rlb;

import org.obverse.inversion.Certainty;

/**
 * What an action is worth (Han et al. 2023, section 3.2):
 * {@code w₁ log p_y(G(s')) + w₂ log p_y(G(a)) + w₃ log max(ε, p_y(G(s')) − max over k ≠ y of p_k(G(s')))}.
 */
final class Reward {
    private final SacSettings settings;

    Reward(SacSettings settings) {
        this.settings = settings;
    }

    /**
     * @param given of G(s'), what the generator is given
     * @param action of G(a); the same where s' is a
     */
    double of(Certainty given, Certainty action) {
        double lead = given.confidence() - Math.exp(given.logConfidence() - given.margin());
        return settings.stateWeight() * log(given)
                + settings.actionWeight() * log(action)
                + settings.leadWeight() * Math.log(Math.max(settings.leastLead(), lead));
    }

    private double log(Certainty certainty) {
        return switch (settings.mode()) {
            case CORRECTED -> Math.max(settings.floor(), certainty.logConfidence());
            case REFERENCE -> Math.log((float) certainty.confidence());
        };
    }
}
