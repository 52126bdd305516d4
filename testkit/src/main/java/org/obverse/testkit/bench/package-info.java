/**
 * What conformance rules try components on: small data, networks and a generator whose values follow from formulas. Rules do
 * not belong here.
 */
@NullMarked
package org.obverse.testkit.bench;

import org.jspecify.annotations.NullMarked;
