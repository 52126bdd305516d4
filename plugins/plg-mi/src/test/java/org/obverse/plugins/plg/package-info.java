/** Tests of PLG-MI at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.plg;

import org.jspecify.annotations.NullMarked;
