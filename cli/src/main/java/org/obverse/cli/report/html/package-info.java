/** How a page is put together: elements, parts, the file that needs no other. What is told on it is decided elsewhere. */
@NullMarked
package org.obverse.cli.report.html;

import org.jspecify.annotations.NullMarked;
