/** Transfer learning as a defense: what was learned elsewhere stays, and the last layers alone learn of private images. */
@NullMarked
package org.obverse.plugins.transfer;

import org.jspecify.annotations.NullMarked;
