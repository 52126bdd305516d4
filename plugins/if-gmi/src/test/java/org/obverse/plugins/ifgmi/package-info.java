/** Tests of IF-GMI at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.ifgmi;

import org.jspecify.annotations.NullMarked;
