/** Tests of what plugins are lent. */
@NullMarked
package org.obverse.engine.lend;

import org.jspecify.annotations.NullMarked;
