/**
 * Drives a run: units, events, journal, machine, driver. Reading plans and doing machine learning belong elsewhere.
 */
@NullMarked
package org.obverse.engine.run;

import org.jspecify.annotations.NullMarked;
