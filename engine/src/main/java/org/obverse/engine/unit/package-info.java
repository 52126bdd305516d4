/**
 * One class per kind of unit. Which units a study has, who performs them and when, is decided elsewhere.
 */
@NullMarked
package org.obverse.engine.unit;

import org.jspecify.annotations.NullMarked;
