package org.obverse.api.membership;

/** Says of samples whether a target was trained on them. One instance serves a study; it is called once per unit, also concurrently. */
public interface MembershipAttack {
    /**
     * @return a score for each of {@link MembershipContext#samples}
     * @throws org.obverse.api.plugin.InvalidConfigurationException if no score exists for what it was given, such as too few reference
     *     models
     */
    MembershipScores attack(MembershipContext context);
}
