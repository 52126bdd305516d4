/**
 * The generator and the discriminators of the low-resolution attacks (GMI, KED-MI, RLB-MI, BREP-MI; conditional: PLG-MI, LOKT), with the parts of
 * adversarial training that do not ask a target. What asks one, and every component that a plan names, is a plugin's.
 */
@NullMarked
package org.obverse.gans;

import org.jspecify.annotations.NullMarked;
