/** Holds losses and labels to the papers' equations, worked numbers and what they do to a training. */
@NullMarked
package org.obverse.plugins.losses;

import org.jspecify.annotations.NullMarked;
