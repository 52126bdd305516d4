/**
 * What the bytecode of a plugin's own classes says about it, where nothing could be seen from outside. What a component does
 * when it is used is tried in {@code org.obverse.testkit.rule}.
 */
@NullMarked
package org.obverse.testkit.code;

import org.jspecify.annotations.NullMarked;
