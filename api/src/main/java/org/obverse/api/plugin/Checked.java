package org.obverse.api.plugin;

import java.util.List;

/** A configuration that can judge itself. Constructors do not throw for range errors, so that all are shown at once. */
public interface Checked {
    /** Everything that is wrong, with paths relative to this record; empty if nothing is. */
    List<Problem> check();
}
