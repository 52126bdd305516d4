/**
 * Measures the hot loop of the reference attack at fixed sizes, for {@code obverse bench}. What is measured are the shipped
 * components; nothing here is used by a run.
 */
@NullMarked
package org.obverse.cli.bench;

import org.jspecify.annotations.NullMarked;
