/**
 * Metrics, the evidence that they see and the figures that they return. Attacks can reach none of it.
 */
@NullMarked
package org.obverse.api.metric;

import org.jspecify.annotations.NullMarked;
