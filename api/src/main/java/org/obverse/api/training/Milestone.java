package org.obverse.api.training;

import org.obverse.api.plugin.Meaning;

/** A multiplication of the learning rate. */
public record Milestone(
        @Meaning("share of the epochs after which the factor applies, in (0, 1)")
        double after,

        @Meaning("what the learning rate is multiplied by") double factor) {}
