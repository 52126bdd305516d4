/**
 * Membership inference: which samples it is about, the models that attackers train for it, and its units. What the attacks and metrics do is
 * theirs; which units a study has is decided elsewhere.
 */
@NullMarked
package org.obverse.engine.membership;

import org.jspecify.annotations.NullMarked;
