@NullMarked
package org.obverse.cli.query;

import org.jspecify.annotations.NullMarked;
