/** Holds the defense to the plain network at factor 1, to the residual alone at 0, and to its phases. */
@NullMarked
package org.obverse.plugins.skips;

import org.jspecify.annotations.NullMarked;
