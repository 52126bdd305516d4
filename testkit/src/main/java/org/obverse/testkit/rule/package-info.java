/**
 * The conformance rules that every plugin must keep, as plain objects, and what tries a component against them. What reports
 * to a person (JUnit, the command line) stands outside.
 */
@NullMarked
package org.obverse.testkit.rule;

import org.jspecify.annotations.NullMarked;
