/** What one figure is worth: how its values are printed. */
@NullMarked
package org.obverse.cli.figure;

import org.jspecify.annotations.NullMarked;
