package org.obverse.plugins.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Gradients.Recording;

/** Shows two images to a program, to learn whether it can be attacked as the plan says. */
record Trial(Program program, Gradients gradients) {
    private static final int IMAGES = 2;
    private static final double RANDOMNESS = 1e-3;
    private static final double UNIT_SUM = 1e-4;

    /**
     * @throws InvalidConfigurationException if it refuses such images, or its answers are no logits of the data's classes
     */
    void judge(NDManager owner) {
        try (NDManager manager = owner.newSubManager();
                NDScope scope = new NDScope()) {
            NDArray images = images(manager, 0.7);
            NDArray logits = logits(images);
            requireShape(logits, IMAGES);
            requireLogits(logits);
            requireSame(logits, logits(images), "differ from call to call");
            NDArray alone = logits(images.get("0:1"));
            requireShape(alone, 1);
            requireSame(logits.get("0:1"), alone, "depend on the images beside it");
        }
    }

    /**
     * Whether some pixel of some image moves the logits: a program that rounds, detaches or runs without a graph has no such pixel. Two
     * kinds of images are shown, because one might meet nothing but units that are off.
     */
    boolean findsGradient(NDManager owner) {
        try (NDManager manager = owner.newSubManager();
                NDScope scope = new NDScope()) {
            return moves(images(manager, 0.7)) || moves(images(manager, 0.01));
        }
    }

    private boolean moves(NDArray images) {
        try (Recording recording = gradients.recording()) {
            NDArray variable = gradients.variable(images);
            // Not their plain sum, which is constant where a network centres its logits.
            NDArray logits = program.logits(variable);
            NDArray scalar = logits.mul(weights(logits)).sum();
            float largest = gradients
                    .of(scalar, new NDList(variable))
                    .head()
                    .abs()
                    .max()
                    .getFloat();
            return largest > 0 && Float.isFinite(largest);
        } catch (IllegalArgumentException e) {
            // The scalar has no graph.
            return false;
        }
    }

    /** 1, 2, …, a number per class. */
    private NDArray weights(NDArray logits) {
        return logits.getManager().arange(1f, program.classes() + 1f);
    }

    /** Waves between -1 and 1, of a number of radians per pixel. */
    private NDArray images(NDManager manager, double pace) {
        Shape shape = new Shape(IMAGES).addAll(program.input());
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(pace * i);
        }
        return manager.create(values, shape);
    }

    private NDArray logits(NDArray images) {
        try {
            return program.logits(images);
        } catch (IllegalArgumentException e) {
            throw new FailedTrial(program, images, String.valueOf(e.getMessage())).refusal();
        }
    }

    private void requireShape(NDArray logits, int images) {
        Shape shape = logits.getShape();
        if (shape.dimension() != 2 || shape.get(0) != images) {
            throw program.refused(
                    "the program answers a batch of " + images + " with " + shape + ", not with logits [N, classes]",
                    "choose another output, or save a model that returns logits");
        }
        if (shape.get(1) != program.classes()) {
            throw program.refused(
                    "the program tells %d classes apart, and the data has %d"
                            .formatted(shape.get(1), program.classes()),
                    "use data with exactly the program's classes, in its order, or choose another output");
        }
        if (logits.getDataType() != DataType.FLOAT32) {
            throw program.refused(
                    "the program's logits are of type " + logits.getDataType(), "save a model with float32 weights");
        }
    }

    private void requireLogits(NDArray logits) {
        if (!Float.isFinite(logits.sum().getFloat())) {
            throw program.refused("the program's logits are not finite numbers", "check range, mean and deviation");
        }
        boolean shares = logits.min().getFloat() >= 0
                && logits.sum(new int[] {1}).sub(1).abs().max().getFloat() < UNIT_SUM;
        if (shares) {
            throw program.refused(
                    "the program returns probabilities, whose gradients vanish where it is sure",
                    "save the model without its last softmax");
        }
    }

    /** One image in a batch of another size takes other kernels, which differ in the last digits. */
    private void requireSame(NDArray one, NDArray other, String fault) {
        double scale = Math.max(1, one.abs().max().getFloat());
        if (!(one.sub(other).abs().max().getFloat() <= RANDOMNESS * scale)) {
            throw program.refused(
                    "the program's answers to an image " + fault + ": it was traced or frozen in training mode",
                    "save it again after model.eval()");
        }
    }
}
