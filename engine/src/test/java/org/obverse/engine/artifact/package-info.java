/** Tests of {@code org.obverse.engine.artifact}, from its own package. */
@NullMarked
package org.obverse.engine.artifact;

import org.jspecify.annotations.NullMarked;
