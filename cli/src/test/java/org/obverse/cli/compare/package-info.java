@NullMarked
package org.obverse.cli.compare;

import org.jspecify.annotations.NullMarked;
