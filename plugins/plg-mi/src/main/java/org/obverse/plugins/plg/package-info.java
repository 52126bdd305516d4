/**
 * PLG-MI (Yuan et al., "Pseudo Label-Guided Model Inversion Attack via Conditional Generative Adversarial Network", AAAI 2023) and the
 * stages that it is made of, with the networks of its conditional GAN.
 */
@NullMarked
package org.obverse.plugins.plg;

import org.jspecify.annotations.NullMarked;
