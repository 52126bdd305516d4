/**
 * Early stopping as a defense: which epoch's weights are kept, by held-out training samples. Test data never decides.
 */
@NullMarked
package org.obverse.plugins.stopping;

import org.jspecify.annotations.NullMarked;
