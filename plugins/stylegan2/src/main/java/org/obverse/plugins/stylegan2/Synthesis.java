package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/** The weights of a synthesis network. */
final class Synthesis {
    private final Operators operators;
    private final List<SynthesisBlock> blocks;

    Synthesis(Operators operators, Parameters parameters, Dimensions dimensions) {
        this.operators = operators;
        this.blocks = dimensions.sides().stream()
                .map(side -> new SynthesisBlock(operators, parameters, dimensions, side))
                .toList();
    }

    /**
     * The network as a function: of constants, if nothing is recorded while this is called; else of the weights, so that
     * gradients reach them.
     */
    Effective effective(Noise noise, Precision precision, double clamp) {
        return new Effective(
                operators,
                precision,
                blocks.stream()
                        .map(block -> block.effective(noise, precision, clamp))
                        .toList());
    }

    /** The network as a function of its effective weights. */
    record Effective(Operators operators, Precision precision, List<SynthesisBlock.Effective> blocks) {
        /** From {@code [N, rows, style]} or {@code [N, 1, style]} to images {@code [N, 3, side, side]}. */
        NDArray apply(NDArray points, NoiseSource noise) {
            return apply(points, noise, Region.whole(Dimensions.SMALLEST << (blocks.size() - 1)));
        }

        /**
         * The same, of which only some pixels are made. Each block is run on the pixels that the blocks after it read,
         * with its own padding: where that is not the image's border, it spoils a rim that nobody reads.
         *
         * @param window of the last block's resolution
         * @return {@code [N, 3, window's height, window's width]}
         */
        NDArray apply(NDArray points, NoiseSource noise, Region window) {
            Deque<Region> read = new ArrayDeque<>(List.of(window));
            for (int block = blocks.size() - 1; block > 0; block--) {
                read.push(read.element().source());
            }
            Region made = Region.whole(Dimensions.SMALLEST);
            NDList features = run(0, new NDList(), points, noise, made);
            for (int block = 1; block < blocks.size(); block++) {
                Region source = read.pop();
                NDList cut = new NDList(source.of(features.get(0), made), source.of(features.get(1), made));
                made = source.doubled();
                features = run(block, cut, points, noise, made);
            }
            return window.of(features.get(1), made);
        }

        /**
         * One block: the features and the image so far.
         *
         * @param made the pixels of its result
         */
        NDList run(int block, NDList features, NDArray points, NoiseSource noise, Region made) {
            boolean single = points.getShape().get(1) == 1;
            return blocks.get(block)
                    .apply(features, row -> points.get(new NDIndex(":,{}", single ? 0 : row)), noise, made);
        }

        /** One block, all of its pixels, from and to float32. */
        NDList run(int block, NDList features, NDArray points, NoiseSource noise) {
            NDList read =
                    block == 0 ? features : new NDList(precision.reduce(operators, features.get(0)), features.get(1));
            NDList made = run(block, read, points, noise, Region.whole(Dimensions.SMALLEST << block));
            return new NDList(precision.restore(operators, made.get(0)), made.get(1));
        }
    }
}
