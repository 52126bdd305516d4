/** Holds Trap-MID to its worked numbers, a closed form, and what it does to a training. */
@NullMarked
package org.obverse.plugins.trapmid;

import org.jspecify.annotations.NullMarked;
