package org.obverse.plugins.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** Shows two images to a program, to learn whether it can be attacked as the plan says. */
record Trial(TorchScriptClassifier classifier) {
    private static final int IMAGES = 2;
    private static final double RANDOMNESS = 1e-3;
    private static final double UNIT_SUM = 1e-4;

    /**
     * @throws InvalidConfigurationException if it refuses such images, or its answers are no logits of the data's classes
     */
    void judge(NDManager owner) {
        try (NDManager manager = owner.newSubManager();
                NDScope scope = new NDScope()) {
            NDArray images = images(manager);
            NDArray logits = logits(images);
            requireShape(logits);
            requireLogits(logits);
            requireSame(logits, logits(images), "differ from call to call");
            requireSame(logits.get("0:1"), logits(images.get("0:1")), "depend on the images beside it");
        }
    }

    /** Waves between -1 and 1. */
    private NDArray images(NDManager manager) {
        Shape shape = new Shape(IMAGES).addAll(classifier.input());
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(0.7 * i);
        }
        return manager.create(values, shape);
    }

    private NDArray logits(NDArray images) {
        NDList outputs;
        try {
            outputs = classifier.outputs(images);
        } catch (IllegalArgumentException e) {
            Normalisation normalisation = classifier.normalisation();
            throw refused(
                    "the program does not take float32 images [%d, %d, %d, %d]: %s"
                            .formatted(
                                    IMAGES,
                                    images.getShape().get(1),
                                    normalisation.height(),
                                    normalisation.width(),
                                    e.getMessage()),
                    "say with size what it takes, use data of as many channels, and save it with float32 weights");
        }
        if (classifier.settings().output() >= outputs.size()) {
            throw refused(
                    "the program returns " + outputs.size() + " tensors, so there is no output "
                            + classifier.settings().output(),
                    "set output to at most " + (outputs.size() - 1));
        }
        return outputs.get(classifier.settings().output());
    }

    private void requireShape(NDArray logits) {
        Shape shape = logits.getShape();
        if (shape.dimension() != 2 || shape.get(0) != IMAGES) {
            throw refused(
                    "the program answers " + IMAGES + " images with " + shape + ", not with logits [N, classes]",
                    "choose another output, or save a model that returns logits");
        }
        if (shape.get(1) != classifier.classes()) {
            throw refused(
                    "the program tells %d classes apart, and the data has %d"
                            .formatted(shape.get(1), classifier.classes()),
                    "use data with exactly the program's classes, in its order, or choose another output");
        }
        if (logits.getDataType() != DataType.FLOAT32) {
            throw refused(
                    "the program's logits are of type " + logits.getDataType(), "save a model with float32 weights");
        }
    }

    private void requireLogits(NDArray logits) {
        if (!Float.isFinite(logits.sum().getFloat())) {
            throw refused("the program's logits are not finite numbers", "check range, mean and deviation");
        }
        boolean shares = logits.min().getFloat() >= 0
                && logits.sum(new int[] {1}).sub(1).abs().max().getFloat() < UNIT_SUM;
        if (shares) {
            throw refused(
                    "the program returns probabilities, whose gradients vanish where it is sure",
                    "save the model without its last softmax");
        }
    }

    /** One image in a batch of another size takes other kernels, which differ in the last digits. */
    private void requireSame(NDArray one, NDArray other, String fault) {
        double scale = Math.max(1, one.abs().max().getFloat());
        if (!(one.sub(other).abs().max().getFloat() <= RANDOMNESS * scale)) {
            throw refused(
                    "the program's answers to an image " + fault + ": it was traced or frozen in training mode",
                    "save it again after model.eval()");
        }
    }

    private InvalidConfigurationException refused(String message, String wayOut) {
        return new InvalidConfigurationException(
                new Problem(classifier.settings().file(), message, wayOut));
    }
}
