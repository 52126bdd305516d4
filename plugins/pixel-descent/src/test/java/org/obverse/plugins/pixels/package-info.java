/** Tests of the descent on pixels at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.pixels;

import org.jspecify.annotations.NullMarked;
