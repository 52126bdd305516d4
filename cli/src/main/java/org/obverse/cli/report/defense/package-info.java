/**
 * What the attacks of a study prove about the defenses of its targets: who was tried, who was not, what speaks against the figures. How
 * it looks is decided elsewhere.
 */
@NullMarked
package org.obverse.cli.report.defense;

import org.jspecify.annotations.NullMarked;
