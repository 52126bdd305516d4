/** Tests of CMA-ES at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.cma;

import org.jspecify.annotations.NullMarked;
