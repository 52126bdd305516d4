/**
 * Data sets whose images lie in folders: how folders are read, split, decoded and resized, and where decoded pixels are kept.
 * Nothing here draws an image or knows what a network does with it.
 */
@NullMarked
package org.obverse.plugins.folders;

import org.jspecify.annotations.NullMarked;
