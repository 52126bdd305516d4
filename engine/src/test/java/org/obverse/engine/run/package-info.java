/** Tests of {@code org.obverse.engine.run}, from its own package. */
@NullMarked
package org.obverse.engine.run;

import org.jspecify.annotations.NullMarked;
