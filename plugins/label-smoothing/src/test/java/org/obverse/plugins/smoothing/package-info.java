/** Holds label smoothing to the published loss and schedule. */
@NullMarked
package org.obverse.plugins.smoothing;

import org.jspecify.annotations.NullMarked;
