/**
 * Plug and Play Attacks (Struppek et al., ICML 2022) as a recipe and its stages: ranked start points, Adam on style
 * vectors, selection by robust confidence. Beside it, as components of their own, the same stages with the published code's random
 * draws and arithmetic. What other attacks share lies in {@code org.obverse.inversion}; generators and
 * targets are other plugins.
 */
@NullMarked
package org.obverse.plugins.ppa;

import org.jspecify.annotations.NullMarked;
