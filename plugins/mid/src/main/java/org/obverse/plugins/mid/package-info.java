/**
 * MID: the bottleneck between features and logits, its noise, and the divergence that training pays for. The body of the
 * network is the classifier's, the training the engine's.
 */
@NullMarked
package org.obverse.plugins.mid;

import org.jspecify.annotations.NullMarked;
