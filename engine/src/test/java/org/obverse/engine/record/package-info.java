/** Tests of reading runs back. */
@NullMarked
package org.obverse.engine.record;

import org.jspecify.annotations.NullMarked;
