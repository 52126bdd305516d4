package org.obverse.testkit.small;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.random.RandomStream;
import org.obverse.testkit.Workbench;

/** Fresh tensors and random arrays in float64, in which central differences are exact enough. */
public record Float64(RandomStream stream) implements ParameterSource {
    public static Parameters parameters(Workbench bench, long seed) {
        return new Parameters(bench.manager(), new Float64(bench.stream(seed)));
    }

    public static NDArray gaussians(Workbench bench, long seed, long... shape) {
        Shape of = new Shape(shape);
        return float64(bench.manager(), bench.stream(seed).gaussians(Math.toIntExact(of.size())), of);
    }

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        return float64(manager, initial.values(shape, stream.child(name)), shape);
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }

    private static NDArray float64(NDManager manager, float[] values, Shape shape) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return manager.create(wide, shape);
    }
}
