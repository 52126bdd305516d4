/**
 * KED-MI (Chen et al., "Knowledge-Enriched Distributional Model Inversion Attacks", ICCV 2021) and the stages that it is
 * made of. Its networks are in {@code org.obverse.gans}.
 */
@NullMarked
package org.obverse.plugins.ked;

import org.jspecify.annotations.NullMarked;
