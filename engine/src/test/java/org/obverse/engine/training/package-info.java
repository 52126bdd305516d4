/** Tests of {@code org.obverse.engine.training}, from its own package. */
@NullMarked
package org.obverse.engine.training;

import org.jspecify.annotations.NullMarked;
