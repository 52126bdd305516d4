/**
 * Training with differential privacy, as a defense: what a sample may contribute, the noise over it, and the account of what
 * is given away. How gradients of samples are computed and batches drawn is the engine's.
 */
@NullMarked
package org.obverse.plugins.dpsgd;

import org.jspecify.annotations.NullMarked;
