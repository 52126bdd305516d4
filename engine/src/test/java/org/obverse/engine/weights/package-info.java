/** Tests of the weight readers. */
@NullMarked
package org.obverse.engine.weights;

import org.jspecify.annotations.NullMarked;
