package org.obverse.api.membership;

import java.util.List;
import java.util.Optional;

/**
 * What an attack says of samples.
 *
 * @param scores one per sample, in their order, finite; larger for who is more of a member
 * @param threshold a sample counts as a member if its score is larger; empty if the attack only ranks
 */
public record MembershipScores(List<Double> scores, Optional<Double> threshold) {
    public MembershipScores {
        scores = List.copyOf(scores);
    }

    /** Of an attack that decides. */
    public static MembershipScores of(List<Double> scores, double threshold) {
        return new MembershipScores(scores, Optional.of(threshold));
    }

    /** Of an attack that only ranks. */
    public static MembershipScores ranked(List<Double> scores) {
        return new MembershipScores(scores, Optional.empty());
    }
}
