/**
 * CMA-ES (Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772) as an attack from scores: what a search that knows nothing of
 * images reaches with the same queries.
 */
@NullMarked
package org.obverse.plugins.cma;

import org.jspecify.annotations.NullMarked;
