/** Tests of studies that are run, resumed and rehearsed. */
@NullMarked
package org.obverse.engine.study;

import org.jspecify.annotations.NullMarked;
