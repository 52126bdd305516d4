package org.obverse.api.oracle;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an attacker may ask of the target, from nothing to everything; each level includes those before it. */
public enum Access {
    /** Never asks. */
    @JsonProperty("none")
    NONE,
    /** {@link LabelOracle}. */
    @JsonProperty("labels")
    LABELS,
    /** {@link ScoreOracle}. */
    @JsonProperty("scores")
    SCORES,
    /** {@link LogitOracle}. */
    @JsonProperty("logits")
    LOGITS,
    /** {@link WhiteBox}. */
    @JsonProperty("white-box")
    WHITE_BOX;

    /** The level of exactly this oracle type. */
    public static Access of(Class<? extends LabelOracle> oracle) {
        if (oracle == WhiteBox.class) {
            return WHITE_BOX;
        }
        if (oracle == LogitOracle.class) {
            return LOGITS;
        }
        if (oracle == ScoreOracle.class) {
            return SCORES;
        }
        if (oracle == LabelOracle.class) {
            return LABELS;
        }
        throw new IllegalArgumentException(
                oracle.getName() + " is not one of LabelOracle, ScoreOracle, LogitOracle, WhiteBox");
    }

    /** Whether a grant of this level satisfies a need. */
    public boolean grants(Access need) {
        return compareTo(need) >= 0;
    }

    /** As plans write it. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
