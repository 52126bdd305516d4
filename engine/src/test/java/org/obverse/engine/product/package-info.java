/** Tests of stored products. */
@NullMarked
package org.obverse.engine.product;

import org.jspecify.annotations.NullMarked;
