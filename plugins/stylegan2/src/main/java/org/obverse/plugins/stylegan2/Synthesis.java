package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/** The weights of a synthesis network. */
final class Synthesis {
    private final List<SynthesisBlock> blocks;

    Synthesis(Operators operators, Parameters parameters, Dimensions dimensions) {
        this.blocks = dimensions.sides().stream()
                .map(side -> new SynthesisBlock(operators, parameters, dimensions, side))
                .toList();
    }

    /**
     * The network as a function: of constants, if nothing is recorded while this is called; else of the weights, so that
     * gradients reach them.
     */
    Effective effective(Noise noise, double clamp) {
        return new Effective(
                blocks.stream().map(block -> block.effective(noise, clamp)).toList());
    }

    /** The network as a function of its effective weights. */
    record Effective(List<SynthesisBlock.Effective> blocks) {
        /** From {@code [N, rows, style]} or {@code [N, 1, style]} to images {@code [N, 3, side, side]}. */
        NDArray apply(NDArray points, NoiseSource noise) {
            NDList features = new NDList();
            for (int block = 0; block < blocks.size(); block++) {
                features = run(block, features, points, noise);
            }
            return features.get(1);
        }

        /** One block: the features and the image so far. */
        NDList run(int block, NDList features, NDArray points, NoiseSource noise) {
            boolean single = points.getShape().get(1) == 1;
            return blocks.get(block).apply(features, row -> points.get(new NDIndex(":,{}", single ? 0 : row)), noise);
        }
    }
}
