@NullMarked
package org.obverse.engine.torch;

import org.jspecify.annotations.NullMarked;
