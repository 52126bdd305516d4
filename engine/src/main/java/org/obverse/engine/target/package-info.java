/**
 * The target model behind the oracles: access, query counts, budgets. Training it belongs to engine.training.
 */
@NullMarked
package org.obverse.engine.target;

import org.jspecify.annotations.NullMarked;
