/** Tests of GMI at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.gmi;

import org.jspecify.annotations.NullMarked;
