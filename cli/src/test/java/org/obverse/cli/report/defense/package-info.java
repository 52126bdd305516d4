@NullMarked
package org.obverse.cli.report.defense;

import org.jspecify.annotations.NullMarked;
