/** Holds surrogates and ensembles to their equations and worked numbers. */
@NullMarked
package org.obverse.plugins.lomma;

import org.jspecify.annotations.NullMarked;
