/**
 * Drives a graph of units: asks on the bus, lets a place do the work, answers on the bus; journals, folds and tells every
 * fact. Nothing here knows plans, tensors or which kinds of unit there are.
 */
@NullMarked
package org.obverse.engine.drive;

import org.jspecify.annotations.NullMarked;
