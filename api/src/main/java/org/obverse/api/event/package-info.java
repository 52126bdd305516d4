/**
 * The facts of a run. Progress, which is transient, does not belong here.
 */
@NullMarked
package org.obverse.api.event;

import org.jspecify.annotations.NullMarked;
