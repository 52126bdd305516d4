@NullMarked
package org.obverse.plugins.membership;

import org.jspecify.annotations.NullMarked;
