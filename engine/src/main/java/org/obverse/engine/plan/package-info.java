/**
 * Plans and studies: reading them from YAML into records, checking them, writing them back. Nothing here creates a data
 * set, loads weights or runs a unit.
 */
@NullMarked
package org.obverse.engine.plan;

import org.jspecify.annotations.NullMarked;
