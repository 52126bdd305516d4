/**
 * Model inversion without a prior: gradient descent on pixels (Fredrikson et al., "Model Inversion Attacks that Exploit
 * Confidence Information and Basic Countermeasures", CCS 2015). Attacks that search a generator do not belong here.
 */
@NullMarked
package org.obverse.plugins.pixels;

import org.jspecify.annotations.NullMarked;
