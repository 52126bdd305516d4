/** Tests of VMI at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.vmi;

import org.jspecify.annotations.NullMarked;
