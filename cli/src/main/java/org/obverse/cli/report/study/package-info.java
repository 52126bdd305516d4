/** What a study left, arranged for those who show or export it: cells, settings, figures, charts. How it looks is decided elsewhere. */
@NullMarked
package org.obverse.cli.report.study;

import org.jspecify.annotations.NullMarked;
