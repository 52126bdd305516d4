/** Tests of the attack's stages: against the reference's fixtures, closed forms, and themselves under another batch size. */
@NullMarked
package org.obverse.plugins.ppa;

import org.jspecify.annotations.NullMarked;
