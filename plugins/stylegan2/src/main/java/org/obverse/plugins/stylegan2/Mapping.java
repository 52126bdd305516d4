package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/** The weights of a mapping network: latents, a condition, or both, to one style. */
final class Mapping {
    /** The published learning-rate multiplier of every fully connected layer. */
    static final double MULTIPLIER = 0.01;

    private final Operators operators;
    private final int conditions;
    private final @Nullable FullyConnected embed;
    private final List<FullyConnected> layers = new ArrayList<>();

    /**
     * @param name of its tensors, such as {@code mapping}
     * @param latent the length of z, or 0 for none
     * @param conditions the number of conditions, or 0 for none; not both are 0
     * @param style the length of the result
     */
    Mapping(Operators operators, Parameters parameters, String name, int latent, int conditions, int style, int depth) {
        this.operators = operators;
        this.conditions = conditions;
        this.embed = conditions == 0 ? null : new FullyConnected(parameters, name + ".embed", conditions, style);
        for (int i = 0; i < depth; i++) {
            int inputs = i > 0 ? style : latent + (conditions > 0 ? style : 0);
            layers.add(new FullyConnected(parameters, name + ".fc" + i, inputs, style, MULTIPLIER, 0));
        }
    }

    Effective effective() {
        return new Effective(
                operators,
                conditions,
                embed == null ? null : embed.effective(),
                layers.stream().map(FullyConnected::effective).toList());
    }

    /** The mapping as a function of its effective weights. */
    record Effective(
            Operators operators, int conditions, @Nullable Linear embed, List<Linear> layers) {

        /** {@code [N, latent]} to {@code [N, style]}; a conditional mapping sees the label vector 0. */
        NDArray apply(NDArray z) {
            NDArray x = Activation.normalize(z);
            if (embed != null) {
                NDArray absent = z.getManager().zeros(new Shape(z.getShape().get(0), conditions));
                x = x.concat(embedded(embed, absent), 1);
            }
            return through(x);
        }

        /** {@code [N, latent]} and N conditions to {@code [N, style]}. */
        NDArray apply(NDArray z, int[] condition) {
            return embed == null
                    ? apply(z)
                    : through(Activation.normalize(z).concat(embedded(embed, oneHot(z, condition)), 1));
        }

        /** Conditions alone, {@code [N, conditions]}, to {@code [N, style]}: the discriminator's mapping. */
        NDArray applyToLabels(NDArray labels) {
            if (embed == null) {
                throw new IllegalStateException("an unconditional mapping has no labels");
            }
            return through(embedded(embed, labels));
        }

        NDArray oneHot(NDArray like, int[] condition) {
            float[] values = new float[condition.length * conditions];
            IntStream.range(0, condition.length).forEach(i -> values[i * conditions + condition[i]] = 1);
            return like.getManager().create(values, new Shape(condition.length, conditions));
        }

        private static NDArray embedded(Linear embed, NDArray labels) {
            return Activation.normalize(embed.apply(labels));
        }

        private NDArray through(NDArray x) {
            UnaryOperator<NDArray> activation = value -> Activation.apply(operators, value);
            NDArray result = x;
            for (Linear layer : layers) {
                result = activation.apply(layer.apply(result));
            }
            return result;
        }
    }
}
