/**
 * Data sets whose files hold many small images each, as bytes: how such files are found, held against what their format promises, and
 * read. Nothing here decodes a picture's format or knows what a network does with an image.
 */
@NullMarked
package org.obverse.plugins.binary;

import org.jspecify.annotations.NullMarked;
