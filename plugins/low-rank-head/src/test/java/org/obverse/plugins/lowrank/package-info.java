/** Holds the head to its equation, to a full head at full rank, and to the bound of its gradient. */
@NullMarked
package org.obverse.plugins.lowrank;

import org.jspecify.annotations.NullMarked;
