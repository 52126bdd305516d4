package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.obverse.api.plugin.Problem;
import org.obverse.networks.Layer;

/**
 * What a network does to images in [-1, 1] before its first layer: {@code factor * x + offset} per channel. Published
 * weights were trained with one of these.
 */
public enum InputTransform {
    /** Nothing: a mean and a deviation of 0.5 were taken off already. So PPA trains (Struppek et al. 2022). */
    @JsonProperty("none")
    NONE,

    /** To [0, 1], in which the low-resolution networks of GMI and KED-MI were trained. */
    @JsonProperty("unit")
    UNIT,

    /**
     * To the mean (0.485, 0.456, 0.406) and the deviation (0.229, 0.224, 0.225) of ImageNet in [0, 1], with which
     * torchvision trained its classifiers.
     */
    @JsonProperty("imagenet")
    IMAGENET,

    /**
     * {@code (0.458 x - 0.03, 0.448 x - 0.088, 0.45 x - 0.188)}: the {@code transform_input} of torchvision's Inception
     * v3, which takes images that are normalised as {@link #IMAGENET} says to [-1, 1]. PPA's evaluation models were
     * trained with it on images that were in [-1, 1] before.
     */
    @JsonProperty("transform-input")
    TRANSFORM_INPUT,

    /**
     * {@code 2 x - 1}, which pytorch-fid applies to what it takes for images in [0, 1]. PPA gives it images in [-1, 1],
     * so that its published distances are of features of images in [-3, 1].
     */
    @JsonProperty("doubled")
    DOUBLED;

    /** One number for all channels, or one each. */
    private record Affine(List<Double> factors, List<Double> offsets) {}

    private Affine affine() {
        return switch (this) {
            case NONE -> new Affine(List.of(1.0), List.of(0.0));
            case UNIT -> new Affine(List.of(0.5), List.of(0.5));
            case IMAGENET ->
                new Affine(
                        List.of(0.5 / 0.229, 0.5 / 0.224, 0.5 / 0.225),
                        List.of((0.5 - 0.485) / 0.229, (0.5 - 0.456) / 0.224, (0.5 - 0.406) / 0.225));
            case TRANSFORM_INPUT ->
                new Affine(
                        List.of(0.229 / 0.5, 0.224 / 0.5, 0.225 / 0.5),
                        List.of((0.485 - 0.5) / 0.5, (0.456 - 0.5) / 0.5, (0.406 - 0.5) / 0.5));
            case DOUBLED -> new Affine(List.of(2.0), List.of(-1.0));
        };
    }

    Layer layer() {
        Affine affine = affine();
        return this == NONE ? (x, pass) -> x : (x, pass) -> transformed(x, affine);
    }

    /** What is wrong with images of a number of channels. */
    List<Problem> check(String network, long channels) {
        int own = affine().factors().size();
        return own == 1 || channels == own
                ? List.of()
                : List.of(new Problem(
                        network,
                        "its input transform is of " + own + " channels and the images have " + channels,
                        "use images of " + own + " channels, or set input: none"));
    }

    private static NDArray transformed(NDArray x, Affine affine) {
        try (NDArray factor = perChannel(x, affine.factors());
                NDArray offset = perChannel(x, affine.offsets());
                NDArray scaled = x.mul(factor)) {
            return scaled.add(offset);
        }
    }

    private static NDArray perChannel(NDArray x, List<Double> values) {
        Shape shape = new Shape(1, values.size(), 1, 1);
        double[] wide = values.stream().mapToDouble(Double::doubleValue).toArray();
        if (x.getDataType() == DataType.FLOAT64) {
            return x.getManager().create(wide, shape);
        }
        float[] narrow = new float[wide.length];
        for (int i = 0; i < wide.length; i++) {
            narrow[i] = (float) wide[i];
        }
        return x.getManager().create(narrow, shape);
    }
}
