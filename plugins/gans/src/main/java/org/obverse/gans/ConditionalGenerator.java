package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.obverse.api.generator.Conditional;
import org.obverse.api.network.Pass;

/**
 * A trained {@link ConditionalNetwork} as later stages see it. A point is z and behind it one weight per class: 1 at the class, and
 * without a class as much of each.
 *
 * @param evaluation the pass of every image; nothing is drawn from its stream
 */
public record ConditionalGenerator(ConditionalNetwork network, Pass evaluation) implements Conditional {
    @Override
    public int latentSize() {
        return network.layout().latentSize();
    }

    @Override
    public int conditions() {
        return network.layout().classes();
    }

    @Override
    public Shape image() {
        return network.layout().image();
    }

    @Override
    public Shape searchSpace() {
        return new Shape(latentSize() + conditions());
    }

    @Override
    public NDArray locate(NDArray z) {
        Shape weights = new Shape(z.getShape().get(0), conditions());
        return z.concat(z.getManager().ones(weights, z.getDataType()).div(conditions()), 1);
    }

    @Override
    public NDArray locate(NDArray z, int[] condition) {
        long[] wanted = Arrays.stream(condition).asLongStream().toArray();
        return z.concat(z.getManager().create(wanted).oneHot(conditions(), z.getDataType()), 1);
    }

    @Override
    public NDArray generate(NDArray points) {
        NDArray z = points.get(new NDIndex(":,:{}", latentSize()));
        NDArray condition = points.get(new NDIndex(":,{}:", latentSize()));
        return network.images(z, condition, evaluation);
    }
}
