/** Tests of the benchmark. */
@NullMarked
package org.obverse.cli.bench;

import org.jspecify.annotations.NullMarked;
