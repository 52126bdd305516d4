@NullMarked
package org.obverse.plugins.mlflow;

import org.jspecify.annotations.NullMarked;
