/**
 * What trains networks: the recipe and the services. The loop itself is the engine's.
 */
@NullMarked
package org.obverse.api.training;

import org.jspecify.annotations.NullMarked;
