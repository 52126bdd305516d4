/**
 * The counter-based generator behind every random draw of a run. Decisions about who draws what do not belong here:
 * a stream's path says that.
 */
@NullMarked
package org.obverse.engine.random;

import org.jspecify.annotations.NullMarked;
