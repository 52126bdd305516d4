/**
 * Makes the graph of a study: its components, each once per use, and its units. Nothing here performs one.
 */
@NullMarked
package org.obverse.engine.blueprint;

import org.jspecify.annotations.NullMarked;
