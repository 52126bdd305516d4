@NullMarked
package org.obverse.plugins.spark;

import org.jspecify.annotations.NullMarked;
