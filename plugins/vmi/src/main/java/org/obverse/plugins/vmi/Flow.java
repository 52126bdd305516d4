package org.obverse.plugins.vmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.obverse.api.random.RandomStream;

/**
 * Normalizing flows from ε to z, side by side (Kingma and Dhariwal, "Glow", NeurIPS 2018, on images of one pixel). A step scales
 * and shifts each coordinate, permutes them, and adds to the second half what a network says of the first. Behind the steps comes one
 * more affine layer, so that a flow without steps is a Gaussian with a diagonal covariance.
 */
final class Flow {
    private static final int[] COORDINATES = {2};

    private final FlowShape shape;
    private final NDArray parameters;
    private final NDList permutations;
    private int read;

    private Flow(FlowShape shape, NDArray parameters, NDList permutations) {
        this.shape = shape;
        this.parameters = parameters;
        this.permutations = permutations;
    }

    /**
     * @param z {@code [B, draws, D]}
     * @param logDeterminant of the Jacobian ∂z/∂ε, the same for every draw of a flow, {@code [B]}
     */
    record Pushed(NDArray z, NDArray logDeterminant) {}

    /**
     * Part of the graph if the thread is recording.
     *
     * @param parameters {@code [B, P]}, one flow each
     * @param permutations int64 {@code [B, depth, D]}: which coordinate comes to each place; none without steps
     * @param noise ε, {@code [B, draws, D]}
     */
    static Pushed push(FlowShape shape, NDArray parameters, NDList permutations, NDArray noise) {
        return new Flow(shape, parameters, permutations).push(noise);
    }

    private Pushed push(NDArray noise) {
        NDArray x = noise;
        NDArray logDeterminant = parameters.get(new NDIndex(":,0")).mul(0);
        for (int step = 0; step <= shape.depth(); step++) {
            NDArray logScale = next(1, shape.size());
            x = x.mul(logScale.exp()).add(next(1, shape.size()));
            logDeterminant = logDeterminant.add(logScale.sum(COORDINATES).squeeze(1));
            if (step < shape.depth()) {
                x = coupled(permuted(x, step));
            }
        }
        return new Pushed(x, logDeterminant);
    }

    private NDArray permuted(NDArray x, int step) {
        NDArray order = permutations.head().get(new NDIndex(":,{}:{}", step, step + 1));
        return x.gather(order.repeat(1, x.getShape().get(1)), 2);
    }

    private NDArray coupled(NDArray x) {
        NDArray first = x.get(new NDIndex(":,:,:{}", shape.read()));
        NDArray second = x.get(new NDIndex(":,:,{}:", shape.read()));
        NDArray inner = linear(first, shape.read(), shape.hidden()).maximum(0);
        NDArray outer = linear(inner, shape.hidden(), shape.hidden()).maximum(0);
        return first.concat(second.add(linear(outer, shape.hidden(), shape.changed())), 2);
    }

    private NDArray linear(NDArray x, int inputs, int outputs) {
        NDArray weight = next(inputs, outputs);
        return x.batchMatMul(weight).add(next(1, outputs));
    }

    /** The next parameters of each flow, {@code [B, rows, columns]}. */
    private NDArray next(int rows, int columns) {
        int from = read;
        read += rows * columns;
        return parameters.get(new NDIndex(":,{}:{}", from, read)).reshape(new Shape(-1, rows, columns));
    }

    /**
     * Parameters with which z is a permutation of ε: scales of 1, shifts of 0, and networks whose last layer is 0. Their other
     * weights are normal with the variance of one over the inputs.
     */
    static float[] initial(FlowShape shape, RandomStream random) {
        float[] parameters = new float[shape.parameters()];
        int at = 0;
        for (int step = 0; step < shape.depth(); step++) {
            RandomStream stream = random.child("step", step);
            at += shape.affine();
            at = draw(parameters, at, shape.read(), shape.hidden(), stream.child("first"));
            at = draw(parameters, at, shape.hidden(), shape.hidden(), stream.child("second"));
            at += (shape.hidden() + 1) * shape.changed();
        }
        return parameters;
    }

    private static int draw(float[] parameters, int from, int inputs, int outputs, RandomStream random) {
        float[] weights = random.gaussians(inputs * outputs);
        for (int i = 0; i < weights.length; i++) {
            parameters[from + i] = (float) (weights[i] / Math.sqrt(inputs));
        }
        return from + weights.length + outputs;
    }

    /** A random order for each step, step by step. */
    static long[] permutations(FlowShape shape, RandomStream random) {
        long[] orders = new long[shape.depth() * shape.size()];
        for (int step = 0; step < shape.depth(); step++) {
            long[] order = Arrays.stream(random.child("permutation", step).permutation(shape.size()))
                    .asLongStream()
                    .toArray();
            System.arraycopy(order, 0, orders, step * shape.size(), shape.size());
        }
        return orders;
    }
}
