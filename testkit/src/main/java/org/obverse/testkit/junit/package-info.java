/**
 * The conformance rules as JUnit tests. The rules themselves know no JUnit and stand in {@code org.obverse.testkit.rule}.
 */
@NullMarked
package org.obverse.testkit.junit;

import org.jspecify.annotations.NullMarked;
