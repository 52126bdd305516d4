/**
 * The tables and charts of a study as files for papers and other programs. What is in them the report knows; here is how it is
 * written.
 */
@NullMarked
package org.obverse.cli.export;

import org.jspecify.annotations.NullMarked;
