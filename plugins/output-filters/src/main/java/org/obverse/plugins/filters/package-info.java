/**
 * Output filters: what a deployed model says less than its network knows. Training and weights stay as they are; who holds
 * the weights goes around a filter.
 */
@NullMarked
package org.obverse.plugins.filters;

import org.jspecify.annotations.NullMarked;
