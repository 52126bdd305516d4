/**
 * Tracks runs in MLflow, over its REST API or in the folder layout of its file store. A run never waits for a tracking server, but
 * at its end for a stated time. How a run is shown elsewhere does not belong here.
 */
@NullMarked
package org.obverse.plugins.mlflow;

import org.jspecify.annotations.NullMarked;
