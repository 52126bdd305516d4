/**
 * Generative priors as capabilities. Architectures themselves are plugins.
 */
@NullMarked
package org.obverse.api.generator;

import org.jspecify.annotations.NullMarked;
