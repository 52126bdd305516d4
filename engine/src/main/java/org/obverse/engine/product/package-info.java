/**
 * What units produce, and how each product is stored and opened again, also by whoever reads a run back. Nothing here makes
 * products.
 */
@NullMarked
package org.obverse.engine.product;

import org.jspecify.annotations.NullMarked;
