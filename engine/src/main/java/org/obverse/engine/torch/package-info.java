/**
 * The only place that touches {@code ai.djl.pytorch}: it starts the native engine and implements the derivatives,
 * operators and optimizers of the API over it. Networks, losses and anything that knows what a run is do not belong
 * here.
 */
@NullMarked
package org.obverse.engine.torch;

import org.jspecify.annotations.NullMarked;
