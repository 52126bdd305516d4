@NullMarked
package org.obverse.plugins.processes;

import org.jspecify.annotations.NullMarked;
