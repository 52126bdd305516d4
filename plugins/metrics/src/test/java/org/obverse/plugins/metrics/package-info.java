/**
 * Tests of the figures against fixtures and closed forms, and of the metrics on a world of plain colours in which every
 * figure can be worked out by hand. Nothing here draws faces or attacks.
 */
@NullMarked
package org.obverse.plugins.metrics;

import org.jspecify.annotations.NullMarked;
