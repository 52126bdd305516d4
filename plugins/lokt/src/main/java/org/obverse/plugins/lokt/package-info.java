/**
 * LOKT (Nguyen et al., "Label-Only Model Inversion Attacks via Knowledge Transfer", NeurIPS 2023): what it learns from the target's labels,
 * and the search that asks only what was learnt.
 */
@NullMarked
package org.obverse.plugins.lokt;

import org.jspecify.annotations.NullMarked;
