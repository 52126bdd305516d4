/** Tests of units. */
@NullMarked
package org.obverse.engine.unit;

import org.jspecify.annotations.NullMarked;
