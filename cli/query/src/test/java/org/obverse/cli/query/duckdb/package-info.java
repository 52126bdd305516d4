@NullMarked
package org.obverse.cli.query.duckdb;

import org.jspecify.annotations.NullMarked;
