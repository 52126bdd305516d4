/** Holds the two-dimensional example to the reference: training, routes, figures and picture. */
@NullMarked
package org.obverse.plugins.toy2d;

import org.jspecify.annotations.NullMarked;
