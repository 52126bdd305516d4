/** What becomes of the project that the archetype makes. */
@NullMarked
package org.obverse.archetype;

import org.jspecify.annotations.NullMarked;
