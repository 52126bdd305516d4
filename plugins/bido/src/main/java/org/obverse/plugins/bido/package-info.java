/**
 * Bilateral dependency optimization: kernels, two measures of dependence, and the loss term that weighs them. Where the
 * activations come from, and the training, are the classifier's and the engine's.
 */
@NullMarked
package org.obverse.plugins.bido;

import org.jspecify.annotations.NullMarked;
