/** Tests of the package, and the fixtures that they share. */
@NullMarked
package org.obverse.engine.plugin;

import org.jspecify.annotations.NullMarked;
