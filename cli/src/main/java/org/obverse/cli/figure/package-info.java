/** What one figure is worth: how sure it is, whether two differ by more than chance, how its values are printed. */
@NullMarked
package org.obverse.cli.figure;

import org.jspecify.annotations.NullMarked;
