package org.obverse.api.metric;

import java.util.List;
import java.util.Optional;

/** What a metric sees of membership attacks: their scores, and who was a member. */
public interface MembershipEvidence extends Evidence {
    /** The attacks on one target, at least one, in the plan's order. All scored the same samples. */
    List<Attacked> attacks();

    /** The classes of the members, in the order of their scores. */
    List<Integer> memberClasses();

    /** The classes of the others, in the order of their scores. */
    List<Integer> otherClasses();

    /**
     * What one attack said.
     *
     * @param attack its name, with a number behind it if the plan has several of that name
     * @param members scores of the samples that the target was trained on; larger for who is more of a member
     * @param others scores of as many that it was not trained on
     * @param threshold a sample counts as a member if its score is larger; empty if the attack only ranks
     */
    record Attacked(String attack, List<Double> members, List<Double> others, Optional<Double> threshold) {
        public Attacked {
            members = List.copyOf(members);
            others = List.copyOf(others);
        }
    }
}
