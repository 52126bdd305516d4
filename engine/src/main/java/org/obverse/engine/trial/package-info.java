/**
 * Units on trial: performed for a while in a folder of their own, for those who want to know what they cost. Nothing here knows a
 * clock, runs a study or touches a folder of runs.
 */
@NullMarked
package org.obverse.engine.trial;

import org.jspecify.annotations.NullMarked;
