package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Objects;
import java.util.Set;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

/** A running engine, and float64 parameters drawn at random for one test. */
final class Bench implements AutoCloseable {
    private static final TorchRuntime TORCH = TorchRuntime.start();

    private final RandomStream draws;
    final NDManager manager = TORCH.manager().newSubManager();
    final Parameters parameters;

    Bench(long seed) {
        this.draws = CounterStream.of(seed);
        this.parameters = new Parameters(manager, new Draws(draws.child("weights")));
    }

    Namespace root() {
        return Namespace.root(parameters, TORCH.operators());
    }

    static Gradients gradients() {
        return TORCH.gradients();
    }

    /** Standard normal, float64. */
    NDArray gaussians(String name, long... shape) {
        Shape of = new Shape(shape);
        return values(Initial.normal(1).values(of, draws.child(name)), of);
    }

    NDArray values(float[] values, Shape shape) {
        return float64(manager, values, shape);
    }

    Pass training(String name) {
        return Pass.training(draws.child(name));
    }

    Pass evaluation() {
        return Pass.evaluation(draws.child("evaluation"));
    }

    NDArray tensor(String name) {
        return Objects.requireNonNull(parameters.all().get(name), name);
    }

    /** Fills a tensor of the state dict with standard normal values, so that nothing is 0 or 1 by chance. */
    NDArray scatter(String tensor) {
        NDArray at = tensor(tensor);
        gaussians(tensor, at.getShape().getShape()).copyTo(at);
        return at;
    }

    @Override
    public void close() {
        manager.close();
    }

    private static NDArray float64(NDManager manager, float[] values, Shape shape) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return manager.create(wide, shape);
    }

    private record Draws(RandomStream stream) implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            return float64(manager, initial.values(shape, stream.child(name)), shape);
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    }
}
