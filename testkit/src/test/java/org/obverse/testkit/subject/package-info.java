/**
 * Subjects for the rules: per kind an honest component, and one for each rule that breaks this rule and no other. Packed into
 * jars by tests, so that nothing but the api may be used here.
 */
@NullMarked
package org.obverse.testkit.subject;

import org.jspecify.annotations.NullMarked;
