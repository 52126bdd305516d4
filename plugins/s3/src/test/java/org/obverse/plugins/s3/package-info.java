@NullMarked
package org.obverse.plugins.s3;

import org.jspecify.annotations.NullMarked;
