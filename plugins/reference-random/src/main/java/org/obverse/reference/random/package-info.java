/**
 * The random streams that the reference implementation of the PPA attack consumes, number for number: NumPy's legacy
 * generator, torch's CPU generator, and what torchvision draws from the latter. Only parity with reference code belongs
 * here; a plugin that needs randomness of its own asks for a {@code RandomStream}.
 */
@NullMarked
package org.obverse.reference.random;

import org.jspecify.annotations.NullMarked;
