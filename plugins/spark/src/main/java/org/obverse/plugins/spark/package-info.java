/**
 * Units performed by the tasks of a Spark application, whose executors have the folder of runs and the program under the same names.
 * The place begins the application by the users' {@code spark-submit}, as a process of its own: nothing of Spark meets this program's
 * classes. The two talk line by line ({@link Lines}).
 */
@NullMarked
package org.obverse.plugins.spark;

import org.jspecify.annotations.NullMarked;
