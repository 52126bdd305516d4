/** Tests of the page of a run. */
@NullMarked
package org.obverse.cli.view;

import org.jspecify.annotations.NullMarked;
