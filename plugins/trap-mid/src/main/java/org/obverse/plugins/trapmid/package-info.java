/** Trap-MID: triggers and their discriminator, trained beside the target, and metrics that look at the triggers. The target's own training is the engine's. */
@NullMarked
package org.obverse.plugins.trapmid;

import org.jspecify.annotations.NullMarked;
