/**
 * Nulls and ceilings: what is judged beside an attack, to say what its figures are worth. What judges them is in {@code metric}.
 */
@NullMarked
package org.obverse.api.control;

import org.jspecify.annotations.NullMarked;
