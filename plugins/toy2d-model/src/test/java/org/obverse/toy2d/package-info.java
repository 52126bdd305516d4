/** Holds the data and the network of the two-dimensional example to those of the reference. */
@NullMarked
package org.obverse.toy2d;

import org.jspecify.annotations.NullMarked;
