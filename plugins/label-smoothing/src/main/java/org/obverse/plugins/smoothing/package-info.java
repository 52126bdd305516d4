/**
 * Label smoothing with factors of both signs: the encoded labels and the course of the factor over the epochs. The
 * cross-entropy that they enter, and the training, are the engine's.
 */
@NullMarked
package org.obverse.plugins.smoothing;

import org.jspecify.annotations.NullMarked;
