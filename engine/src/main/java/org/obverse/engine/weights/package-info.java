/**
 * Reads weight files of every format that Python tools write, and never executes what it reads. What networks do with the
 * tensors, and the artifacts of runs, belong elsewhere.
 */
@NullMarked
package org.obverse.engine.weights;

import org.jspecify.annotations.NullMarked;
