/**
 * The paper's two-dimensional example (Struppek et al. 2024, arXiv 2310.06549, Figure 1): three clouds of points and a
 * small network that tells them apart. The attack on it, and everything that a plan names, belong to the plugin.
 */
@NullMarked
package org.obverse.toy2d;

import org.jspecify.annotations.NullMarked;
