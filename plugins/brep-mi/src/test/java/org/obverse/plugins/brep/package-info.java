/** Tests of BREP-MI at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.brep;

import org.jspecify.annotations.NullMarked;
