@NullMarked
package org.obverse.plugins.shared;

import org.jspecify.annotations.NullMarked;
