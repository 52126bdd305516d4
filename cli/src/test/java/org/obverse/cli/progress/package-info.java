@NullMarked
package org.obverse.cli.progress;

import org.jspecify.annotations.NullMarked;
