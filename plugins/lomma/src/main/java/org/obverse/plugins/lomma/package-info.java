/** What LOMMA adds to any white-box attack (Nguyen et al., CVPR 2023): surrogates of the target, and losses of all of them. */
@NullMarked
package org.obverse.plugins.lomma;

import org.jspecify.annotations.NullMarked;
