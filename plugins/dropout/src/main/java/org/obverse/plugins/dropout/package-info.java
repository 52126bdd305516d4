/**
 * Dropout between the stages of a network, as a defense: where, how often, and of what. Dropout that an architecture has of
 * its own stays the architecture's.
 */
@NullMarked
package org.obverse.plugins.dropout;

import org.jspecify.annotations.NullMarked;
