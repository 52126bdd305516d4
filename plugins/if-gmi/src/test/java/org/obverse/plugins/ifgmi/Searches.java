package org.obverse.plugins.ifgmi;

import java.util.Arrays;
import java.util.List;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Use;
import org.obverse.inversion.RandomCrop;

/** Settings of the search for tests. */
final class Searches {
    private Searches() {}

    /** The defaults, without radii, for some steps at each block. */
    static FeatureSettings settings(Integer... steps) {
        FeatureSettings published = FeatureSettings.DEFAULT;
        return new FeatureSettings(
                published.loss(),
                Arrays.asList(steps),
                published.learningRate(),
                published.beta1(),
                published.beta2(),
                List.of(),
                List.of(),
                published.layer(),
                0,
                0,
                published.randomCrop());
    }

    static FeatureSettings withRadii(FeatureSettings settings, List<Double> features, List<Double> w) {
        return changed(
                settings,
                settings.loss(),
                settings.learningRate(),
                features,
                w,
                settings.layer(),
                settings.randomCrop());
    }

    static FeatureSettings withLayer(FeatureSettings settings, NameOrIndex layer) {
        return changed(
                settings,
                settings.loss(),
                settings.learningRate(),
                settings.radiusFeatures(),
                settings.radiusW(),
                layer,
                settings.randomCrop());
    }

    /** Of the cross-entropy of whole images. */
    static FeatureSettings plain(FeatureSettings settings, double rate) {
        return changed(
                settings,
                Use.of("cross-entropy"),
                rate,
                settings.radiusFeatures(),
                settings.radiusW(),
                settings.layer(),
                RandomCrop.NONE);
    }

    private static FeatureSettings changed(
            FeatureSettings settings,
            Use loss,
            double rate,
            List<Double> features,
            List<Double> w,
            NameOrIndex layer,
            RandomCrop crop) {
        return new FeatureSettings(
                loss, settings.steps(), rate, settings.beta1(), settings.beta2(), features, w, layer, 0, 0, crop);
    }
}
