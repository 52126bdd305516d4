/** Answers to panels, and what they mean. */
@NullMarked
package org.obverse.cli.panel;

import org.jspecify.annotations.NullMarked;
