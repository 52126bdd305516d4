/**
 * The training loop, which composes a defense's parts. Losses and encoders themselves are plugins.
 */
@NullMarked
package org.obverse.engine.training;

import org.jspecify.annotations.NullMarked;
