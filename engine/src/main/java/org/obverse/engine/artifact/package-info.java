/**
 * Tensor files and the content-addressed store of what units produce. What the tensors mean belongs to engine.product.
 */
@NullMarked
package org.obverse.engine.artifact;

import org.jspecify.annotations.NullMarked;
