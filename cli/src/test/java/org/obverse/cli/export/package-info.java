@NullMarked
package org.obverse.cli.export;

import org.jspecify.annotations.NullMarked;
