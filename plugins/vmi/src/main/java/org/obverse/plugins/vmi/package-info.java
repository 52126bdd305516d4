/**
 * VMI (Wang et al., "Variational Model Inversion Attacks", NeurIPS 2021): for each class a distribution of latents, a Gaussian or
 * a normalizing flow, that the target takes for the class and that stays near the prior.
 */
@NullMarked
package org.obverse.plugins.vmi;

import org.jspecify.annotations.NullMarked;
