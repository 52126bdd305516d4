/**
 * Reproducible random draws. No other source of randomness is allowed in a plugin.
 */
@NullMarked
package org.obverse.api.random;

import org.jspecify.annotations.NullMarked;
