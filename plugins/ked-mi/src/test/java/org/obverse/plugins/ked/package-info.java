/** Tests of KED-MI at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.ked;

import org.jspecify.annotations.NullMarked;
