@NullMarked
package org.obverse.plugins.tables;

import org.jspecify.annotations.NullMarked;
