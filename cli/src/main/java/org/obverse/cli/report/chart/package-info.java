/**
 * Charts: for a page as data that Vega-Lite draws in the browser, for a file as SVG. Which charts there are is decided elsewhere.
 */
@NullMarked
package org.obverse.cli.report.chart;

import org.jspecify.annotations.NullMarked;
