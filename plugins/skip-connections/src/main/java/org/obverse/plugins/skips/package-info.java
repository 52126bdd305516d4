/** Less of the shortcuts of residual networks, as a defense: none, a share of them, or all of them for a part of the training. */
@NullMarked
package org.obverse.plugins.skips;

import org.jspecify.annotations.NullMarked;
