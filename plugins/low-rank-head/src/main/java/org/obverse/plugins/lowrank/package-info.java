/** A head of low rank, as a defense: few numbers pass between features and logits, and a tanh may flatten their gradient. */
@NullMarked
package org.obverse.plugins.lowrank;

import org.jspecify.annotations.NullMarked;
