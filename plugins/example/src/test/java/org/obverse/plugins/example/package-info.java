/** How a component is tested: by itself, with the engine's own services from the testkit. */
@NullMarked
package org.obverse.plugins.example;

import org.jspecify.annotations.NullMarked;
