/** Holds dropout to its expectation, its whole channels, and its absence after training. */
@NullMarked
package org.obverse.plugins.dropout;

import org.jspecify.annotations.NullMarked;
