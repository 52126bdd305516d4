/** What is handed out, tried as those have it who get it: without Maven, a JDK, or anything of this repository. */
@NullMarked
package org.obverse.packaged;

import org.jspecify.annotations.NullMarked;
