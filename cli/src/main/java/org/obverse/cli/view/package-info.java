/**
 * A run as a page for a browser on the same machine, made of the events that every listener hears. It is read only: nothing here
 * changes, judges or delays a run, and nothing here outlives it.
 */
@NullMarked
package org.obverse.cli.view;

import org.jspecify.annotations.NullMarked;
