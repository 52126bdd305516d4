/** What runs of several machines share, in a folder that all of them see. What the objects are is the engine's. */
@NullMarked
package org.obverse.plugins.shared;

import org.jspecify.annotations.NullMarked;
