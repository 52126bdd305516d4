/**
 * Layers over named tensors, from which plugins build classifiers, encoders and critics. Whole architectures, losses and
 * optimizers belong to the plugins themselves.
 */
@NullMarked
package org.obverse.networks;

import org.jspecify.annotations.NullMarked;
