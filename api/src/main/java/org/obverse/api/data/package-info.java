/**
 * Private and public images. How they are read or drawn is a plugin's matter.
 */
@NullMarked
package org.obverse.api.data;

import org.jspecify.annotations.NullMarked;
