/**
 * Augmentations as defenses: what training pictures are replaced by, drawn anew for every step and sample. The recipe's own
 * augmentation comes before them, and the answers of the trained model are not touched.
 */
@NullMarked
package org.obverse.plugins.augmentations;

import org.jspecify.annotations.NullMarked;
