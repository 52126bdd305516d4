/**
 * Nulls and ceilings that stand beside the figures of an attack: draws of its prior, the best of as many as it asked about, its own
 * candidates under wrong labels, real images, the nearest public ones. What judges them does not belong here.
 */
@NullMarked
package org.obverse.plugins.controls;

import org.jspecify.annotations.NullMarked;
