/** Holds the defense to what it keeps, to the byte, and to ordinary fine-tuning where everything learns. */
@NullMarked
package org.obverse.plugins.transfer;

import org.jspecify.annotations.NullMarked;
