/**
 * RLB-MI (Han et al., "Reinforcement Learning-Based Black-Box Model Inversion Attacks", CVPR 2023) and the stages that it is made of.
 */
@NullMarked
package org.obverse.plugins.rlb;

import org.jspecify.annotations.NullMarked;
