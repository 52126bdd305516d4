/**
 * The parts of which a defense consists. The engine's trainer composes them; they do not train.
 */
@NullMarked
package org.obverse.api.defense;

import org.jspecify.annotations.NullMarked;
