/** Tests of WGAN-GP at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.wgan;

import org.jspecify.annotations.NullMarked;
