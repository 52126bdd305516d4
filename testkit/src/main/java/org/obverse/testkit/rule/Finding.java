package org.obverse.testkit.rule;

/**
 * What a rule says of a component.
 *
 * @param component kind and name, such as {@code optimizer/latent-adam}
 * @param rule the rule's id
 * @param reason what was seen; empty if the rule is kept
 */
public record Finding(
        String component,
        String rule,
        Rule.Level level,
        String sentence,
        String lookAt,
        Verdict verdict,
        String reason) {
    /** How a trial ended. */
    public enum Verdict {
        KEPT,
        BROKEN,
        /** The rule says nothing about this component. */
        BESIDE_THE_POINT,
        /** Something else that is broken stood in the way; whether the rule is kept is not known. */
        NOT_TRIED
    }

    /** A broken rule that must be kept. */
    public boolean refuses() {
        return verdict == Verdict.BROKEN && level == Rule.Level.MUST;
    }
}
