package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/** The weights of one resolution of the synthesis network, architecture "skip". */
final class SynthesisBlock {
    private final Operators operators;
    private final @Nullable NDArray constant;
    private final Filter filter;
    private final List<SynthesisLayer> layers = new ArrayList<>();
    private final ToRgb toRgb;

    /** The block of {@code side} pixels; the first one, of 4, starts from a learned constant. */
    SynthesisBlock(Operators operators, Parameters parameters, Dimensions dimensions, int side) {
        String name = "synthesis.b" + side;
        int channels = dimensions.channels(side);
        int style = dimensions.style();
        boolean first = side == Dimensions.SMALLEST;
        this.operators = operators;
        this.constant =
                first ? parameters.weight(name + ".const", new Shape(channels, side, side), Initial.normal(1)) : null;
        this.filter = Filter.of(operators, parameters, name);
        if (!first) {
            SynthesisLayer.Channels narrowing = new SynthesisLayer.Channels(dimensions.channels(side / 2), channels);
            layers.add(new SynthesisLayer(
                    operators,
                    parameters,
                    name + ".conv0",
                    narrowing,
                    style,
                    side,
                    firstRow(side),
                    SynthesisLayer.Resolution.DOUBLED));
        }
        SynthesisLayer.Channels same = new SynthesisLayer.Channels(channels, channels);
        layers.add(new SynthesisLayer(
                operators,
                parameters,
                name + ".conv1",
                same,
                style,
                side,
                firstRow(side) + layers.size(),
                SynthesisLayer.Resolution.KEPT));
        this.toRgb = new ToRgb(parameters, name + ".torgb", channels, style);
    }

    /** The block's first row of w: 0, 1, 3, 5, …; a block's colours share their row with the next block. */
    private static int firstRow(int side) {
        return Math.max(0, 2 * Integer.numberOfTrailingZeros(side / Dimensions.SMALLEST) - 1);
    }

    Effective effective(Noise noise, Precision precision, double clamp) {
        return new Effective(
                constant == null ? null : precision.reduce(operators, constant.expandDims(0)),
                filter.resampler(Sampling.upBy(2, filter.size()), 3),
                layers.stream()
                        .map(layer -> layer.effective(noise, precision, clamp))
                        .toList(),
                toRgb.effective(operators, precision, clamp));
    }

    /**
     * The block as a function of its effective weights.
     *
     * @param constant that the first block starts from, {@code [1, C, 4, 4]}
     * @param doubling of the image so far
     */
    record Effective(
            @Nullable NDArray constant, Resampler doubling, List<ModulatedConvolution> layers, ToRgb.Effective toRgb) {
        /**
         * @param features of the block before and its image; empty for the first
         * @param rows of w, each {@code [N, style]}
         * @param made the pixels of the result
         */
        NDList apply(NDList features, IntFunction<NDArray> rows, NoiseSource noise, Region made) {
            NDArray x = constant == null ? features.get(0) : constant;
            int last = 0;
            for (ModulatedConvolution layer : layers) {
                x = layer.apply(x, rows.apply(layer.row()), noise, made);
                last = layer.row();
            }
            NDArray colors = toRgb.apply(x, rows.apply(last + 1));
            if (constant != null) {
                return new NDList(x, colors);
            }
            return new NDList(x, doubling.apply(features.get(1)).add(colors));
        }
    }
}
