@NullMarked
package org.obverse.networks;

import org.jspecify.annotations.NullMarked;
