/**
 * Classifiers, their parameters and their named activations. Architectures themselves are plugins.
 */
@NullMarked
package org.obverse.api.network;

import org.jspecify.annotations.NullMarked;
