/** Holds the filters to what a deployed model would answer. */
@NullMarked
package org.obverse.plugins.filters;

import org.jspecify.annotations.NullMarked;
