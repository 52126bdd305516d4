/**
 * The paper's two-dimensional example (Struppek et al. 2024, arXiv 2310.06549, Figure 1) as components of a plan:
 * attacking a point in the plane, one sees what label smoothing does to the route. The data and the network themselves
 * are in {@code org.obverse.toy2d}.
 */
@NullMarked
package org.obverse.plugins.toy2d;

import org.jspecify.annotations.NullMarked;
