/** Tests of the API as a whole. */
@NullMarked
package org.obverse.api;

import org.jspecify.annotations.NullMarked;
