/**
 * Finished and unfinished runs, read back as plain values: what a report is made of. Nothing here runs, writes, or keeps
 * tensors.
 */
@NullMarked
package org.obverse.engine.record;

import org.jspecify.annotations.NullMarked;
