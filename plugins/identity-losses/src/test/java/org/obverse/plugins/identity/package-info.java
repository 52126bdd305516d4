/** Holds the identity losses to fixtures, closed forms and finite differences. */
@NullMarked
package org.obverse.plugins.identity;

import org.jspecify.annotations.NullMarked;
