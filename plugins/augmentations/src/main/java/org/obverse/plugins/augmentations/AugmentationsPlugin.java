package org.obverse.plugins.augmentations;

import java.util.List;
import java.util.function.Function;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.Defense;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class AugmentationsPlugin implements Plugin {
    @Override
    public String id() {
        return "augmentations";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                transform(
                        CropWithPadding.NAME,
                        "Trains on pictures that are moved by some pixels in both directions, with a black border (He et"
                                + " al. 2016, arXiv 1512.03385, section 4.2).",
                        CropWithPadding.DEFAULT,
                        configuration -> new PaddedCrop(configuration.padding())),
                transform(
                        "gaussian-noise",
                        "Trains on pictures with Gaussian noise.",
                        GaussianNoise.DEFAULT,
                        configuration -> new NoisyPictures(configuration.sigma())),
                transform(
                        Cutout.NAME,
                        "Trains on pictures without one square at a random place (DeVries and Taylor 2017, arXiv"
                                + " 1708.04552).",
                        Cutout.DEFAULT,
                        configuration -> new SquareCutout(configuration.side())),
                transform(
                        RandomErasing.NAME,
                        "Trains on pictures without one rectangle of random size, shape and place (Zhong et al. 2020,"
                                + " arXiv 1708.04896; as a defense against model inversion MIDRE, arXiv 2409.01062).",
                        RandomErasing.DEFAULT,
                        ErasedRectangle::new),
                transform(
                        "mixup",
                        "Trains on mixtures of two pictures and of their labels (Zhang et al. 2018, arXiv 1710.09412).",
                        Mixup.DEFAULT,
                        configuration -> new MixedBatch(configuration.alpha())));
    }

    private static <C extends Record> Component<C, Defense> transform(
            String name, String description, C defaults, Function<C, DataTransform> transform) {
        return new Component<>(
                Kind.DEFENSE,
                name,
                description,
                defaults,
                (configuration, resources) -> () -> List.of(transform.apply(configuration)));
    }
}
