package org.obverse.testkit.rule;

/**
 * Under which a membership attack is called.
 *
 * @param batch the plan's
 * @param patience checkpoints that return before the run is cancelled
 */
record MembershipConditions(Case shown, int batch, int patience) {
    /** What an attack is shown. */
    enum Case {
        /** A target that is sure of the members and of nobody else. */
        CLEAR,
        /** The same with the samples in the other order. */
        REVERSED,
        /** The same behind a filter that answers the same to everything. */
        SILENT,
        /** Another target behind that filter, trained on those that were no members. */
        SILENT_OTHERWISE
    }

    static MembershipConditions usual() {
        return of(Case.CLEAR);
    }

    static MembershipConditions of(Case shown) {
        return new MembershipConditions(shown, 64, Integer.MAX_VALUE);
    }

    MembershipConditions ofBatch(int other) {
        return new MembershipConditions(shown, other, patience);
    }

    MembershipConditions cancelledAfter(int checkpoints) {
        return new MembershipConditions(shown, batch, checkpoints);
    }
}
