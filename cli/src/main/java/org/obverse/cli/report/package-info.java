/**
 * The report of a study: one self-contained page and one picture, written from what its runs left behind. Running, and
 * what the terminal shows meanwhile, belong elsewhere.
 */
@NullMarked
package org.obverse.cli.report;

import org.jspecify.annotations.NullMarked;
