/** Tests of Mirror at a bench; runs of the engine belong elsewhere. */
@NullMarked
package org.obverse.plugins.mirror;

import org.jspecify.annotations.NullMarked;
