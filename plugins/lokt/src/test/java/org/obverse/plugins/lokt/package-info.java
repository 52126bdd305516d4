/** Holds LOKT to its losses, its query count and to asking labels alone. */
@NullMarked
package org.obverse.plugins.lokt;

import org.jspecify.annotations.NullMarked;
