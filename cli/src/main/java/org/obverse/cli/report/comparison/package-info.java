/** The report of a comparison: one self-contained page. What can be concluded is found elsewhere. */
@NullMarked
package org.obverse.cli.report.comparison;

import org.jspecify.annotations.NullMarked;
