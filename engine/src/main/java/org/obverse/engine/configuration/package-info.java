/**
 * Plan text and configuration records: reading, binding, describing and writing them back. Which component a setting
 * belongs to, and what a plan consists of, is not known here.
 */
@NullMarked
package org.obverse.engine.configuration;

import org.jspecify.annotations.NullMarked;
