/**
 * How a study that is being run looks on a terminal and in a log. Nothing here changes or judges a run, and nothing here
 * outlives it.
 */
@NullMarked
package org.obverse.cli.progress;

import org.jspecify.annotations.NullMarked;
