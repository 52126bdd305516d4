/**
 * Tests of the report. What a run leaves is written here by hand, as the engine writes it.
 */
@NullMarked
package org.obverse.cli.report;

import org.jspecify.annotations.NullMarked;
