/**
 * A study as one graph of units: what a unit is, what its value depends on, how its product is stored. Nothing here knows
 * plans, tensors or which kinds of unit there are.
 */
@NullMarked
package org.obverse.engine.graph;

import org.jspecify.annotations.NullMarked;
