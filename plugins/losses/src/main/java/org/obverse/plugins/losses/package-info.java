/**
 * Losses and labels that keep a model from certainty, or drive it there: what replaces the cross-entropy, what is added to
 * it, and labels that are wrong now and then. Smoothed labels are a plugin of their own.
 */
@NullMarked
package org.obverse.plugins.losses;

import org.jspecify.annotations.NullMarked;
