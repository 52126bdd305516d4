/**
 * What the runs of a folder need of the artifacts that they share, and how the rest is freed. How artifacts come about, and what is
 * in them, belongs elsewhere.
 */
@NullMarked
package org.obverse.engine.keep;

import org.jspecify.annotations.NullMarked;
