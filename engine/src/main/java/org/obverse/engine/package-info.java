/**
 * How the engine is wired. What it does lies in the packages below; nothing else belongs here.
 */
@NullMarked
package org.obverse.engine;

import org.jspecify.annotations.NullMarked;
