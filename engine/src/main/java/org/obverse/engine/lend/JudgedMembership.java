package org.obverse.engine.lend;

import java.util.List;
import org.obverse.api.metric.MembershipEvidence;

/** What a metric of membership attacks is lent for one unit: no more than it declared. */
public record JudgedMembership(
        UnitLoan unit,
        DeclaredData lent,
        List<Attacked> attacks,
        List<Integer> memberClasses,
        List<Integer> otherClasses)
        implements MembershipEvidence, UnitEvidence {
    public JudgedMembership {
        attacks = List.copyOf(attacks);
        memberClasses = List.copyOf(memberClasses);
        otherClasses = List.copyOf(otherClasses);
    }
}
