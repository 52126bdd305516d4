/**
 * What was found as tables of exact values: of a study, one row per thing behind the coordinates of the cell in which it was found; of a comparison, one
 * row per figure that was compared. What is written of them, {@code export} and the report decide.
 */
@NullMarked
package org.obverse.cli.table;

import org.jspecify.annotations.NullMarked;
