/** Tests of the gate. */
@NullMarked
package org.obverse.engine.gate;

import org.jspecify.annotations.NullMarked;
