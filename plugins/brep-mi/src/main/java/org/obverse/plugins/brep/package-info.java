/**
 * BREP-MI (Kahla et al., "Label-Only Model Inversion Attacks via Boundary Repulsion", CVPR 2022) and the stages that it is
 * made of. Networks and losses of its generator are in {@code org.obverse.gans}.
 */
@NullMarked
package org.obverse.plugins.brep;

import org.jspecify.annotations.NullMarked;
