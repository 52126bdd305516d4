/**
 * Runs as tables for a database in memory, and what it answers. The database itself is no part of the command: it stands in a jar
 * beside it, or does not.
 */
@NullMarked
package org.obverse.cli.query;

import org.jspecify.annotations.NullMarked;
