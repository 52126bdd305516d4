/**
 * Mirror (An et al., "Mirror: Model Inversion for Deep Learning Network with High Fidelity", NDSS 2022), with gradients and
 * from scores. The box of styles that both keep to is in {@code org.obverse.inversion}.
 */
@NullMarked
package org.obverse.plugins.mirror;

import org.jspecify.annotations.NullMarked;
