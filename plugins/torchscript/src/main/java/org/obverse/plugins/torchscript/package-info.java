/**
 * A TorchScript program as a classifier: what its images must look like, and the trial that it must pass before anything is
 * attacked. Loading and running programs is the engine's.
 */
@NullMarked
package org.obverse.plugins.torchscript;

import org.jspecify.annotations.NullMarked;
