/** Code that no plugin may have; what is harmless does not belong here. */
@NullMarked
package org.obverse.testkit.subject.forbidden;

import org.jspecify.annotations.NullMarked;
