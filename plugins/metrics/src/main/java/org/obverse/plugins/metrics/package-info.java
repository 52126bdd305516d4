/**
 * Figures of an attack's success and of its target's quality, each computed by a small class of its own and offered as a metric.
 * How images are drawn and networks are trained does not belong here: the evidence and the engine's training do that.
 */
@NullMarked
package org.obverse.plugins.metrics;

import org.jspecify.annotations.NullMarked;
