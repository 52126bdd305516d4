@NullMarked
package org.obverse.cli.estimate;

import org.jspecify.annotations.NullMarked;
