/**
 * IF-GMI (Qiu et al., "A Closer Look at GAN Priors: Exploiting Intermediate Features for Enhanced Model Inversion Attacks",
 * ECCV 2024): the search that goes through a generator block by block. Its start points are chosen by the sampler of PPA.
 */
@NullMarked
package org.obverse.plugins.ifgmi;

import org.jspecify.annotations.NullMarked;
