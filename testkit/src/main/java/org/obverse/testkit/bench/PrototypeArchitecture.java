package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.tensor.Resampling;

/**
 * A softmax target with a known optimum: the logit of a class is the negative squared distance to its prototype, the image
 * of the class's latent, so that no image is more like class c than that one. Images of another size are resized. Beside the
 * distances, which are penultimate, the image itself is tapped as {@value #PIXELS}.
 */
final class PrototypeArchitecture implements ClassifierArchitecture {
    /** The resized images, {@code [N, pixels]}. */
    static final String PIXELS = "pixels";

    /** Makes the distance of two prototypes worth many units of the logit, so that it is as sure as it is right. */
    private static final double SHARPNESS = 200;

    @Override
    public Classifier build(Shape input, int classes, Parameters parameters) {
        CosineGenerator generator = new CosineGenerator(input, Swatches.CLASSES, parameters.manager());
        NDArray images = generator.generate(generator.locate(Swatches.latents(parameters.manager())));
        float[] values = images.toFloatArray();
        images.close();
        NDArray prototypes =
                parameters.weight("prototypes", new Shape(classes, input.size()), (shape, stream) -> values);
        return new Prototypes(input, classes, parameters, prototypes);
    }

    private record Prototypes(Shape input, int classes, Parameters parameters, NDArray prototypes)
            implements Classifier {
        @Override
        public List<Tap> taps() {
            return List.of(new Tap(PIXELS, new Shape(input.size())), new Tap(Tap.PENULTIMATE, new Shape(classes)));
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            NDArray pixels = Resampling.of(images.getShape())
                    .resize((int) input.get(1), (int) input.get(2))
                    .apply(images)
                    .reshape(-1, input.size());
            NDArray distances =
                    pixels.expandDims(1).sub(prototypes.expandDims(0)).square().mean(new int[] {2});
            return new Activations(distances.mul(-SHARPNESS), Map.of(PIXELS, pixels, Tap.PENULTIMATE, distances));
        }
    }
}
