@NullMarked
package org.obverse.plugins.slurm;

import org.jspecify.annotations.NullMarked;
