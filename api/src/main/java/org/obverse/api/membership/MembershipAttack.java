package org.obverse.api.membership;

import java.util.List;
import org.obverse.api.plugin.Problem;

/** Says of samples whether a target was trained on them. One instance serves a study; it is called once per unit, also concurrently. */
public interface MembershipAttack {
    /**
     * @return a score for each of {@link MembershipContext#samples}
     * @throws org.obverse.api.plugin.InvalidConfigurationException if no score exists for what it was given, such as too few reference
     *     models
     */
    MembershipScores attack(MembershipContext context);

    /**
     * Asked while the plan is checked, of an attack that declares that it reads reference models.
     *
     * @param trained how many of them are trained on each sample, at least one
     * @param others how many are not, at least one
     * @return what is against it, with keys of the plan's section {@code membership}, such as {@code references}
     */
    default List<Problem> check(int trained, int others) {
        return List.of();
    }
}
