package org.obverse.plugins.classifiers;

import org.obverse.api.network.Tap;
import org.obverse.networks.Layer;

/** A part of a body whose output is tapped; the next stage takes it, or what this stage took if it leads aside. */
record Stage(Tap tap, Layer layer, Lead lead) {
    /** Where the output goes beside its tap. */
    enum Lead {
        ONWARD,
        ASIDE
    }

    Stage(Tap tap, Layer layer) {
        this(tap, layer, Lead.ONWARD);
    }
}
