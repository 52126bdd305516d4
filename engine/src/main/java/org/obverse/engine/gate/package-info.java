/**
 * What is against an evaluation, and what becomes of a metric then. Problems that a plan shows before its components are made are in
 * {@code plan}.
 */
@NullMarked
package org.obverse.engine.gate;

import org.jspecify.annotations.NullMarked;
