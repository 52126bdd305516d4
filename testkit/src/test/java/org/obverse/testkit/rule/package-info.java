/** Tests of the rules. Subjects do not belong here. */
@NullMarked
package org.obverse.testkit.rule;

import org.jspecify.annotations.NullMarked;
