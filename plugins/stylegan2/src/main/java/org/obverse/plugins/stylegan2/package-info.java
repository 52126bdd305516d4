/**
 * StyleGAN2 (Karras et al. 2020, with the conventions of stylegan2-ada-pytorch): networks under the official parameter
 * names, and the training that made the shipped weights. Attacks and data are elsewhere.
 */
@NullMarked
package org.obverse.plugins.stylegan2;

import org.jspecify.annotations.NullMarked;
