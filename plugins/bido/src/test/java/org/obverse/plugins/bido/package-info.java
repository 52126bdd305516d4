/** Holds bilateral dependency optimization to closed forms, finite differences and what it does to a training. */
@NullMarked
package org.obverse.plugins.bido;

import org.jspecify.annotations.NullMarked;
