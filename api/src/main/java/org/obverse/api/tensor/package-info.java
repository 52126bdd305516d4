/**
 * What DJL's NDArray lacks: functional gradients, operators, resampling. Networks and attacks do not belong here.
 */
@NullMarked
package org.obverse.api.tensor;

import org.jspecify.annotations.NullMarked;
