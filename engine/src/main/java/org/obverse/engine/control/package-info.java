/** What is judged beside an attack: the units of a plan's controls. Who judges them is in {@code unit}. */
@NullMarked
package org.obverse.engine.control;

import org.jspecify.annotations.NullMarked;
