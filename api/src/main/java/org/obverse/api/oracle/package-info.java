/**
 * What an attacker may ask of the target, as types. The engine implements them; a plugin only calls them.
 */
@NullMarked
package org.obverse.api.oracle;

import org.jspecify.annotations.NullMarked;
