/** Tests of {@code org.obverse.engine.target}, from its own package. */
@NullMarked
package org.obverse.engine.target;

import org.jspecify.annotations.NullMarked;
