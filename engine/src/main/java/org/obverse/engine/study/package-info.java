/**
 * Studies on the disk: their folders, running and resuming them, and what a dry run says. What a unit is, and how a graph is
 * driven, belongs elsewhere.
 */
@NullMarked
package org.obverse.engine.study;

import org.jspecify.annotations.NullMarked;
