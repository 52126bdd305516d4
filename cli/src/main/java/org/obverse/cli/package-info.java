/**
 * The commands, one small class each, and what they share: options, exit codes, and the way a study is run and
 * interrupted. What a run does belongs to the engine; how it looks belongs to the packages below.
 */
@NullMarked
package org.obverse.cli;

import org.jspecify.annotations.NullMarked;
