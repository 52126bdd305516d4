/** What attacks with gradients minimise: how far an image is from being recognised as its class. */
@NullMarked
package org.obverse.plugins.identity;

import org.jspecify.annotations.NullMarked;
