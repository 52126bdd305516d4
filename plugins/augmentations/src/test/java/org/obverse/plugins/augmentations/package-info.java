/** Holds the augmentations to their laws: shares, variances, distributions, and nothing at strength 0. */
@NullMarked
package org.obverse.plugins.augmentations;

import org.jspecify.annotations.NullMarked;
