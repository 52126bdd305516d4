/** What {@code obverse audit} runs: a study of one target, made of the user's plan and a fixed set of attacks. It reads no results. */
@NullMarked
package org.obverse.cli.audit;

import org.jspecify.annotations.NullMarked;
