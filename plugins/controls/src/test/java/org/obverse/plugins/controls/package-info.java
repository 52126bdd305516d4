/** Tests of controls at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.controls;

import org.jspecify.annotations.NullMarked;
