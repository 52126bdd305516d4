package org.obverse.plugins.rlb;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.nio.FloatBuffer;
import java.util.List;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;

/**
 * K networks of one shape, each of which sees its own samples: two hidden layers with ReLU, then linear heads. Their
 * parameters are stacked, so that a layer of all K is one batched product.
 */
final class Stack {
    private final NDList parameters = new NDList();

    /**
     * Bounds of the uniform distributions that the weights begin with, layer by layer.
     *
     * @param heads of the last layer
     */
    record Bounds(double first, double second, double heads) {
        /** torch's for {@code nn.Linear}, {@code ±1/√inputs}. */
        static Bounds ofActor(int inputs, int hidden) {
            return new Bounds(1 / Math.sqrt(inputs), 1 / Math.sqrt(hidden), 1 / Math.sqrt(hidden));
        }

        /** {@code ±1/√outputs}, and 3e-3 at last, as released. */
        static Bounds ofCritic(int hidden) {
            return new Bounds(1 / Math.sqrt(hidden), 1 / Math.sqrt(hidden), 3e-3);
        }
    }

    /**
     * @param random one stream per network
     * @param heads outputs of each head
     */
    Stack(
            Gradients gradients,
            NDManager manager,
            List<RandomStream> random,
            Bounds bounds,
            int inputs,
            int hidden,
            int... heads) {
        Initial initial = new Initial(gradients, manager, random);
        initial.layer("first", inputs, hidden, bounds.first());
        initial.layer("second", hidden, hidden, bounds.second());
        for (int i = 0; i < heads.length; i++) {
            initial.layer("head-" + i, hidden, heads[i], bounds.heads());
        }
    }

    /** Everything that can be learned. */
    NDList parameters() {
        return parameters;
    }

    /**
     * @param x {@code [K, B, inputs]}
     * @return {@code [K, B, outputs]} of each head
     */
    NDList of(NDArray x) {
        NDArray hidden = Activation.relu(linear(Activation.relu(linear(x, 0)), 1));
        NDList heads = new NDList();
        for (int layer = 2; layer < parameters.size() / 2; layer++) {
            heads.add(linear(hidden, layer));
        }
        return heads;
    }

    private NDArray linear(NDArray x, int layer) {
        return x.batchMatMul(parameters.get(2 * layer)).add(parameters.get(2 * layer + 1));
    }

    /** Draws first values; biases as torch draws them. */
    private final class Initial {
        private final Gradients gradients;
        private final NDManager manager;
        private final List<RandomStream> random;

        private Initial(Gradients gradients, NDManager manager, List<RandomStream> random) {
            this.gradients = gradients;
            this.manager = manager;
            this.random = random;
        }

        void layer(String name, int inputs, int outputs, double bound) {
            add(name + ".weight", bound, inputs, outputs);
            add(name + ".bias", 1 / Math.sqrt(inputs), 1, outputs);
        }

        private void add(String name, double bound, int rows, int columns) {
            FloatBuffer values = FloatBuffer.allocate(random.size() * rows * columns);
            for (RandomStream own : random) {
                RandomStream stream = own.child(name);
                for (int i = 0; i < rows * columns; i++) {
                    values.put((float) stream.uniform(-bound, bound));
                }
            }
            parameters.add(gradients.variable(manager.create(values.flip(), new Shape(random.size(), rows, columns))));
        }
    }
}
