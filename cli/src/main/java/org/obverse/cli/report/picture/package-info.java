/** Pixels, letters made of them, and PNG files, without fonts. */
@NullMarked
package org.obverse.cli.report.picture;

import org.jspecify.annotations.NullMarked;
