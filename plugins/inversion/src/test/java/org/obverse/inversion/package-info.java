/** Tests of the parts that attacks share, against fixtures, closed forms and finite differences. */
@NullMarked
package org.obverse.inversion;

import org.jspecify.annotations.NullMarked;
