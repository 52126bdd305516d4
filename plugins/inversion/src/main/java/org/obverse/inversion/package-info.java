/**
 * What model inversion attacks share: identity losses, random crops, learning rates, the descent of latent points and its trail,
 * confidences in log space, and where the styles of the prior are. Whole stages and anything that only one attack does belong to that
 * attack's plugin.
 */
@NullMarked
package org.obverse.inversion;

import org.jspecify.annotations.NullMarked;
