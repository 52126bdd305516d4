/**
 * Whether finished cells differ by more than chance: their figures per class, the statistics, and the page that says what can
 * be concluded. Running anything does not belong here.
 */
@NullMarked
package org.obverse.cli.compare;

import org.jspecify.annotations.NullMarked;
