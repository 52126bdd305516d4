package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Resampling;

/**
 * Of one batch: the cosine between the gradients of two consecutive steps with respect to each framed image, before it is cropped at random
 * (Struppek et al. 2024, Eq. 4, Fig. 6b). An observer: it reads the gradient that the search computes anyway.
 */
final class GradientSimilarity implements AutoCloseable {
    /** The curve's name; its first value, and that of a step without a gradient, is NaN. */
    static final String CURVE = "gradient similarity";

    private final Gradients gradients;
    private final Resampling whole;
    private Optional<NDArray> before = Optional.empty();

    /**
     * @param framed the size of the images from which is cropped
     */
    GradientSimilarity(Gradients gradients, Resampling framed) {
        this.gradients = gradients;
        this.whole = Resampling.of(framed.height(), framed.width());
    }

    /**
     * @param visible the gradient with respect to the crops, {@code [N, C, H, W]}; its scale changes nothing
     * @param boxes of the crops, one per image or one for all
     * @return {@code [N]}, summed in float64; NaN in the first step, and where one of the two gradients is 0
     */
    double[] next(NDArray visible, List<Box> boxes) {
        try (NDScope scope = new NDScope()) {
            NDArray now = ofFramed(visible, boxes)
                    .reshape(visible.getShape().get(0), -1)
                    .toType(DataType.FLOAT64, false);
            double[] similarity = before.map(last -> cosine(last, now)).orElseGet(() -> undefined(now));
            close();
            NDScope.unregister(now);
            before = Optional.of(now);
            return similarity;
        }
    }

    /** Lets the last gradient go. */
    @Override
    public void close() {
        before.ifPresent(NDArray::close);
        before = Optional.empty();
    }

    private static double[] undefined(NDArray now) {
        double[] none = new double[Math.toIntExact(now.getShape().get(0))];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    private static double[] cosine(NDArray a, NDArray b) {
        int[] perImage = {1};
        NDArray lengths = a.square().sum(perImage).mul(b.square().sum(perImage)).sqrt();
        return a.mul(b).sum(perImage).div(lengths).toDoubleArray();
    }

    /** Cropping is linear, so what crops receive is given back to the image by its transpose. */
    private NDArray ofFramed(NDArray visible, List<Box> boxes) {
        Shape images = visible.getShape();
        NDArray framed = gradients.variable(visible.getManager().zeros(images));
        NDArray received;
        try (Gradients.Recording recording = gradients.recording()) {
            List<Resampling> crops =
                    boxes.stream().map(box -> Crops.cropped(whole, box)).toList();
            received = Resampling.applyEach(framed, crops).mul(visible).sum();
        }
        return gradients.of(received, new NDList(framed)).head();
    }
}
