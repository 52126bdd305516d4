/** Tests of what units are made from. */
@NullMarked
package org.obverse.engine.graph;

import org.jspecify.annotations.NullMarked;
