/**
 * Units performed by the jobs of a Slurm cluster, whose nodes have the folder of runs and the program under the same names. Orders and
 * what workers say of them lie in files of the run's folder, so that a driver that dies loses no job, and the next one finds them.
 */
@NullMarked
package org.obverse.plugins.slurm;

import org.jspecify.annotations.NullMarked;
