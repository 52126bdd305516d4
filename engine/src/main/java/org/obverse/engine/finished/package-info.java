/**
 * What finished cells of a study hold, opened again with the code that made it: candidates, private images, evaluation models. Nothing here
 * performs a unit or writes anything; what needs no code to be read is read by {@link org.obverse.engine.record}.
 */
@NullMarked
package org.obverse.engine.finished;

import org.jspecify.annotations.NullMarked;
