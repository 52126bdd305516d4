@NullMarked
package org.obverse.plugins.classifiers;

import org.jspecify.annotations.NullMarked;
