package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.tensor.Operators;

/**
 * How far a reconstruction is from its image: weighted L1, plus half of each of the weighted squared difference, the L1
 * difference of neighbouring pixels' differences (weighted alike), and the L1 difference of 4×4 means. Weights are 1 and more
 * in the {@link Focus} parts, divided by their mean.
 */
final class ReconstructionLoss {
    private static final int POOLED = 4;
    private static final Neighbours ROWS = new Neighbours(new NDIndex(":,:,:-1,:"), new NDIndex(":,:,1:,:"));
    private static final Neighbours COLUMNS = new Neighbours(new NDIndex(":,:,:,:-1"), new NDIndex(":,:,:,1:"));

    private final Operators operators;
    private final NDArray weights;
    private final NDArray pooling;

    ReconstructionLoss(Operators operators, NDManager manager, int side, List<Focus> focus) {
        this.operators = operators;
        float[] values = new float[side * side];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            int row = i / side;
            double x = 2 * (i % side + 0.5) / side - 1;
            double y = 2 * (row + 0.5) / side - 1;
            values[i] = (float)
                    (1 + focus.stream().mapToDouble(part -> part.at(x, y)).sum());
            sum += values[i];
        }
        this.weights = manager.create(values, new Shape(1, 1, side, side)).mul(values.length / sum);
        this.pooling = manager.ones(new Shape(3, 1, POOLED, POOLED)).div(POOLED * POOLED);
    }

    /** A scalar for images {@code [N, 3, side, side]} and their reconstructions. */
    NDArray of(NDArray reconstruction, NDArray images) {
        NDArray difference = reconstruction.sub(images);
        NDArray weighted = difference.abs().add(difference.square().mul(0.5)).mul(weights);
        NDArray edges = edges(difference, ROWS).add(edges(difference, COLUMNS)).mul(0.25);
        NDArray pooled = operators.conv2d(difference, pooling, POOLED, 0, 3).abs();
        return weighted.mean().add(edges).add(pooled.mean().mul(0.5));
    }

    private NDArray edges(NDArray difference, Neighbours neighbours) {
        NDArray steps = difference.get(neighbours.second()).sub(difference.get(neighbours.first()));
        return steps.abs().mul(weights.get(neighbours.first())).mean();
    }

    /** All pixels but the last and all but the first along one axis. */
    private record Neighbours(NDIndex first, NDIndex second) {}
}
