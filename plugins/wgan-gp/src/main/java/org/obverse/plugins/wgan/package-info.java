/**
 * The generator of GMI (Zhang et al., "The Secret Revealer", CVPR 2020), which several attacks prepare, with its critic. Networks
 * and training are in {@code org.obverse.gans}; attacks that search the generator are plugins of their own.
 */
@NullMarked
package org.obverse.plugins.wgan;

import org.jspecify.annotations.NullMarked;
