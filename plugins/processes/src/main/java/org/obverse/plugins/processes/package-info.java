/**
 * Units performed by child processes of the program. What the children write and read is the engine's and does not belong here.
 */
@NullMarked
package org.obverse.plugins.processes;

import org.jspecify.annotations.NullMarked;
