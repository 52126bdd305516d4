@NullMarked
package org.obverse.cli;

import org.jspecify.annotations.NullMarked;
