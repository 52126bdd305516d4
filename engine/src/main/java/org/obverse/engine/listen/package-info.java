/**
 * How long a run waits for who listens to it: best-effort listeners hear on threads of their own, and of others the run says
 * that it waits. What happens in a run does not belong here.
 */
@NullMarked
package org.obverse.engine.listen;

import org.jspecify.annotations.NullMarked;
