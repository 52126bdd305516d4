/** Tests of networks and training loops at a bench. */
@NullMarked
package org.obverse.gans;

import org.jspecify.annotations.NullMarked;
