@NullMarked
package org.obverse.engine.random;

import org.jspecify.annotations.NullMarked;
