/**
 * Pictures by which people and multimodal models judge whether an attack found the right person, and what their answers say. Nothing here
 * sends anything anywhere.
 */
@NullMarked
package org.obverse.cli.panel;

import org.jspecify.annotations.NullMarked;
