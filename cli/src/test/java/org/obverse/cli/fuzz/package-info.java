/**
 * Files of others, changed at random: plans, weights, jars, pictures and what a run keeps. Each test says what may come of it. A few
 * hundred cases by default; {@code mvn -Pfuzz -pl cli -am test -Dtest='*FuzzTest' -Dsurefire.failIfNoSpecifiedTests=false} goes on for
 * two hours with each kind, {@code -Dobverse.fuzz=N} for N minutes.
 */
@NullMarked
package org.obverse.cli.fuzz;

import org.jspecify.annotations.NullMarked;
