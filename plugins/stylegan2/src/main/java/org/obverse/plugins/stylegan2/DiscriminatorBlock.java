package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/** The weights of one resolution of the discriminator, architecture "resnet". */
final class DiscriminatorBlock {
    private final Operators operators;
    private final EqualizedConvolution conv0;
    private final EqualizedConvolution conv1;
    private final EqualizedConvolution skip;

    /**
     * @param name such as {@code D.b32}
     */
    DiscriminatorBlock(Operators operators, Parameters parameters, String name, int in, int out) {
        this.operators = operators;
        this.conv0 = new EqualizedConvolution(
                operators,
                parameters,
                name + ".conv0",
                new Shape(in, in, 3, 3),
                EqualizedConvolution.Bias.ADDED,
                EqualizedConvolution.Resolution.KEPT);
        this.conv1 = new EqualizedConvolution(
                operators,
                parameters,
                name + ".conv1",
                new Shape(out, in, 3, 3),
                EqualizedConvolution.Bias.ADDED,
                EqualizedConvolution.Resolution.HALVED);
        this.skip = new EqualizedConvolution(
                operators,
                parameters,
                name + ".skip",
                new Shape(out, in, 1, 1),
                EqualizedConvolution.Bias.NONE,
                EqualizedConvolution.Resolution.HALVED);
    }

    Effective effective(double clamp) {
        return new Effective(operators, conv0.effective(), conv1.effective(), skip.effective(), clamp);
    }

    /** The block as a function of its effective weights; its two branches are scaled by √½ before they are added. */
    record Effective(
            Operators operators,
            EqualizedConvolution.Effective conv0,
            EqualizedConvolution.Effective conv1,
            EqualizedConvolution.Effective skip,
            double clamp) {
        private static final double HALF = Math.sqrt(0.5);

        /** From {@code [N, in, H, W]} to {@code [N, out, H / 2, W / 2]}. */
        NDArray apply(NDArray x) {
            NDArray y = Activation.clamp(Activation.apply(operators, conv0.apply(x)), clamp);
            // The gains √2 and √½ of the second convolution cancel.
            NDArray branch = operators.leakyRelu(conv1.apply(y), Activation.SLOPE, 1);
            return skip.apply(x).mul(HALF).add(Activation.clamp(branch, clamp * HALF));
        }
    }
}
