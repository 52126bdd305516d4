/** Networks, generators and images so small that a test can say what a stage has to find in them. */
@NullMarked
package org.obverse.testkit.small;

import org.jspecify.annotations.NullMarked;
