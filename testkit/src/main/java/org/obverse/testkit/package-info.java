/**
 * Real services with which a component is tested, without a run around it. Rules that every plugin must pass belong here
 * too; tests of our own plugins do not.
 */
@NullMarked
package org.obverse.testkit;

import org.jspecify.annotations.NullMarked;
