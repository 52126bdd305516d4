/**
 * The four stages of an attack, their context and what passes between them. What runs them is the engine.
 */
@NullMarked
package org.obverse.api.attack;

import org.jspecify.annotations.NullMarked;
