/**
 * What was run in a folder, as a list for people and for programs. Nothing here runs a study, loads a plugin or opens what a unit
 * produced.
 */
@NullMarked
package org.obverse.cli.runs;

import org.jspecify.annotations.NullMarked;
