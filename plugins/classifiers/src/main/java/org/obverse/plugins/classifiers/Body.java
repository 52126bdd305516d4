package org.obverse.plugins.classifiers;

import java.util.List;
import org.obverse.api.network.Tap;
import org.obverse.networks.Layer;

/**
 * A network up to its head.
 *
 * @param stages at least one, applied in turn
 * @param pooling turns the maps of the last stage into the penultimate activation, {@code [N, channels]}
 */
record Body(List<Stage> stages, Layer pooling) {
    /** The length of the penultimate activation: global pooling leaves one number per channel of the last stage. */
    int features() {
        Tap last = stages.get(stages.size() - 1).tap();
        return Math.toIntExact(last.shape().get(0));
    }
}
