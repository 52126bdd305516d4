/** Tests of the driver, its journal and its bus. */
@NullMarked
package org.obverse.engine.drive;

import org.jspecify.annotations.NullMarked;
