package org.obverse.api.defense;

/**
 * What the configuration of a defense implements if another target of the plan teaches the one that it defends: that is trained first, and
 * a part of the defense is a {@link TeacherLoss}.
 */
public interface Taught {
    /** The teacher's name among the targets of the plan. */
    String teacher();
}
