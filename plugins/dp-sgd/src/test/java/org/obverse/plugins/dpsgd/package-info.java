/** Tests of DP-SGD: its account against published figures, its steps against passes of single samples, and an audit. */
@NullMarked
package org.obverse.plugins.dpsgd;

import org.jspecify.annotations.NullMarked;
