package org.obverse.plugins.classifiers;

import java.util.List;
import org.obverse.networks.Layer;

/**
 * A network up to its head.
 *
 * @param stages at least one, applied in turn
 * @param neck turns the maps of the last stage into the penultimate activation, {@code [N, features]}
 * @param features the length of the penultimate activation
 */
record Body(List<Stage> stages, Layer neck, int features) {
    /** With a neck that leaves one number per channel of the last stage, as global pooling does. */
    Body(List<Stage> stages, Layer neck) {
        this(
                stages,
                neck,
                Math.toIntExact(stages.get(stages.size() - 1).tap().shape().get(0)));
    }
}
