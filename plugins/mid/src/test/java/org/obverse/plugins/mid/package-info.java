/** Holds MID to closed forms, finite differences and what it does to a training. */
@NullMarked
package org.obverse.plugins.mid;

import org.jspecify.annotations.NullMarked;
