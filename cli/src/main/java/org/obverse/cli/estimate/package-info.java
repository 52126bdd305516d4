/**
 * What a study would cost: each kind of unit is worked on for a few seconds, and what was seen is carried on to all. Nothing here
 * runs a study.
 */
@NullMarked
package org.obverse.cli.estimate;

import org.jspecify.annotations.NullMarked;
