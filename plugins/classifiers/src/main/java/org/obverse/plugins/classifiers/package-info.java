/**
 * Classifier architectures: what layers they have, what their tensors are called and which activations they show. How
 * they are trained, attacked or defended is not their matter.
 */
@NullMarked
package org.obverse.plugins.classifiers;

import org.jspecify.annotations.NullMarked;
