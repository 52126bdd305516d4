package org.obverse.engine.plan;

import java.util.List;
import org.obverse.api.membership.MembershipAttack;

/**
 * Membership inference against one target.
 *
 * @param target name of the model under attack
 * @param attacks all on the same samples; at least one
 */
public record MembershipPlan(String target, MembershipKeys keys, List<PlannedComponent<MembershipAttack>> attacks) {
    /** The section of plans. */
    public static final String SECTION = "membership";

    static final String ATTACKS = "attacks";

    public MembershipPlan {
        attacks = List.copyOf(attacks);
    }

    /** Where plans write an attack: {@code membership.attacks.0}. */
    public static String path(int attack) {
        return SECTION + "." + ATTACKS + "." + attack;
    }
}
