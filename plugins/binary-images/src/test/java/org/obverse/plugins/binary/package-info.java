@NullMarked
package org.obverse.plugins.binary;

import org.jspecify.annotations.NullMarked;
