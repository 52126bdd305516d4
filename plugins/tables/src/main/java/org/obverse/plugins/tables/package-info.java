/**
 * A run as tables that DuckDB, pandas and spreadsheets read without options. What the figures mean does not belong here.
 */
@NullMarked
package org.obverse.plugins.tables;

import org.jspecify.annotations.NullMarked;
