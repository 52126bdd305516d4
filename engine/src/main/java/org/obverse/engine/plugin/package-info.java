/**
 * The plugins of a program: how they are found, refused and identified. What their components do, and which of them a
 * plan uses, is not known here.
 */
@NullMarked
package org.obverse.engine.plugin;

import org.jspecify.annotations.NullMarked;
