/**
 * What the engine lends to plugins: resources to components, contexts to stages, evidence to metrics. The testkit and the
 * benchmark wrap these, so that they show a plugin what a run would. Nothing here decides what is run.
 */
@NullMarked
package org.obverse.engine.lend;

import org.jspecify.annotations.NullMarked;
