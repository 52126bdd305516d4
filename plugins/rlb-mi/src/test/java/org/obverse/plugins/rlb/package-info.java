/** Tests of RLB-MI at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.rlb;

import org.jspecify.annotations.NullMarked;
