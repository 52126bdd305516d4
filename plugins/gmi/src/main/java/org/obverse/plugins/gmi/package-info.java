/**
 * GMI (Zhang et al., "The Secret Revealer", CVPR 2020) and the stages that it is made of. Its generator and critic are trained by the
 * plugin {@code wgan-gp}.
 */
@NullMarked
package org.obverse.plugins.gmi;

import org.jspecify.annotations.NullMarked;
