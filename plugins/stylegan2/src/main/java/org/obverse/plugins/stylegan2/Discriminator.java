package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/** The weights of a discriminator, architecture "resnet": blocks from the full resolution down to 8, then the epilogue. */
final class Discriminator {
    /** Stands before the official name of every tensor, so that one file holds both networks. */
    static final String PREFIX = "D.";

    /** Depth of the mapping of labels, as published. */
    private static final int MAPPING_LAYERS = 8;

    private final Operators operators;
    private final int conditions;
    private final EqualizedConvolution fromRgb;
    private final List<DiscriminatorBlock> blocks;
    private final @Nullable Mapping mapping;
    private final EqualizedConvolution last;
    private final FullyConnected hidden;
    private final FullyConnected out;

    /**
     * @param dimensions of images of at least 8 pixels
     */
    Discriminator(Operators operators, Parameters parameters, Dimensions dimensions) {
        this.operators = operators;
        this.conditions = dimensions.conditions();
        int side = dimensions.side();
        int narrow = dimensions.channels(Dimensions.SMALLEST);
        List<Integer> sides = dimensions.sides();
        askForUnusedFilter(operators, parameters, side);
        this.fromRgb = kept(
                operators, parameters, PREFIX + "b" + side + ".fromrgb", new Shape(dimensions.channels(side), 3, 1, 1));
        this.blocks = IntStream.range(0, sides.size() - 1)
                .map(i -> sides.get(sides.size() - 1 - i))
                .mapToObj(s -> {
                    if (s < side) {
                        askForUnusedFilter(operators, parameters, s);
                    }
                    String name = PREFIX + "b" + s;
                    return new DiscriminatorBlock(
                            operators, parameters, name, dimensions.channels(s), dimensions.channels(s / 2));
                })
                .toList();
        this.mapping = conditions == 0
                ? null
                : new Mapping(operators, parameters, PREFIX + "mapping", 0, conditions, narrow, MAPPING_LAYERS);
        this.last = kept(operators, parameters, PREFIX + "b4.conv", new Shape(narrow, narrow + 1, 3, 3));
        this.hidden = new FullyConnected(parameters, PREFIX + "b4.fc", narrow * 16, narrow);
        this.out = new FullyConnected(parameters, PREFIX + "b4.out", narrow, conditions == 0 ? 1 : narrow);
    }

    /** The official state dict holds a copy of the filter per block, beside those of its layers. */
    private static void askForUnusedFilter(Operators operators, Parameters parameters, int side) {
        Filter.of(operators, parameters, PREFIX + "b" + side);
    }

    private static EqualizedConvolution kept(Operators operators, Parameters parameters, String name, Shape shape) {
        return new EqualizedConvolution(
                operators,
                parameters,
                name,
                shape,
                EqualizedConvolution.Bias.ADDED,
                EqualizedConvolution.Resolution.KEPT);
    }

    /**
     * The network as a function: of constants, if nothing is recorded while this is called; else of the weights.
     *
     * @param clamp bound of the activations, or 0 for none
     * @param group images whose statistics are pooled
     */
    Effective effective(double clamp, int group) {
        return new Effective(
                operators,
                conditions,
                fromRgb.effective(),
                blocks.stream().map(block -> block.effective(clamp)).toList(),
                mapping == null ? null : mapping.effective(),
                new MinibatchDeviation(group, 1),
                last.effective(),
                hidden.effective(),
                out.effective(),
                clamp);
    }

    /** The network as a function of its effective weights. */
    record Effective(
            Operators operators,
            int conditions,
            EqualizedConvolution.Effective fromRgb,
            List<DiscriminatorBlock.Effective> blocks,
            Mapping.@Nullable Effective mapping,
            MinibatchDeviation deviation,
            EqualizedConvolution.Effective last,
            Linear hidden,
            Linear out,
            double clamp) {
        /** Logits {@code [N]} of images {@code [N, 3, side, side]}; a conditional network sees the label vector 0. */
        NDArray apply(NDArray images) {
            NDArray labels =
                    images.getManager().zeros(new Shape(images.getShape().get(0), Math.max(conditions, 1)));
            return apply(images, labels);
        }

        /** Logits {@code [N]} of images and one-hot labels {@code [N, conditions]}. */
        NDArray apply(NDArray images, NDArray labels) {
            NDArray x = active(fromRgb.apply(images));
            for (DiscriminatorBlock.Effective block : blocks) {
                x = block.apply(x);
            }
            x = active(last.apply(deviation.append(x)));
            long count = images.getShape().get(0);
            NDArray y = out.apply(Activation.apply(operators, hidden.apply(x.reshape(count, x.size() / count))));
            if (mapping == null) {
                return y.reshape(count);
            }
            NDArray direction = mapping.applyToLabels(labels);
            return y.mul(direction).sum(new int[] {1}).mul(1 / Math.sqrt(direction.size() / (double) count));
        }

        private NDArray active(NDArray x) {
            return Activation.clamp(Activation.apply(operators, x), clamp);
        }
    }
}
