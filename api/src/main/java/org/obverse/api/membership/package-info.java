/**
 * Membership inference: attacks that say of samples whether a target was trained on them, and what they are given. Who judges them
 * is in {@code metric}.
 */
@NullMarked
package org.obverse.api.membership;

import org.jspecify.annotations.NullMarked;
