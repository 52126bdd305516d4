/** DuckDB in memory, as the command's database. Nothing else of the house knows it. */
@NullMarked
package org.obverse.cli.query.duckdb;

import org.jspecify.annotations.NullMarked;
