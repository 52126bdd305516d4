/**
 * What a target gives away about who is in its training data. Figures of what an attack reconstructed do not belong here.
 */
@NullMarked
package org.obverse.plugins.membership;

import org.jspecify.annotations.NullMarked;
