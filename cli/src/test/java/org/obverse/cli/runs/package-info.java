@NullMarked
package org.obverse.cli.runs;

import org.jspecify.annotations.NullMarked;
