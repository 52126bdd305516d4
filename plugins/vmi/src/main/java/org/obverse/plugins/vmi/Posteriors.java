package org.obverse.plugins.vmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.attack.Representation;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;

/**
 * A distribution q(z) per candidate (Wang et al. 2021): one flow, or one for each of the first rows of style vectors.
 *
 * @param settings of the flows
 * @param parameters float32 {@code [N, flows, P]}
 * @param permutations int64 {@code [N, flows, depth, D]}; none without steps
 */
record Posteriors(Generator generator, FlowSettings settings, NDArray parameters, NDList permutations)
        implements Representation {
    private static final String PARAMETERS = "parameters";
    private static final String PERMUTATIONS = "permutations";
    private static final int[] DRAWS = {1};
    private static final int[] COORDINATES = {2};

    /**
     * @param points of the generator's search space, {@code [N * draws, ...]}, the draws of one candidate behind one another
     * @param divergence the mean over the draws of {@code log q(z) − log p(z)}, averaged over the flows of a candidate,
     *     {@code [N]}
     */
    record Drawn(NDArray points, NDArray divergence) {}

    static Posteriors open(NDList variables, Generator generator, FlowSettings settings) {
        NDList permutations = new NDList();
        NDArray parameters = variables.head();
        for (NDArray variable : variables) {
            if (PERMUTATIONS.equals(variable.getName())) {
                permutations.add(variable);
            } else {
                parameters = variable;
            }
        }
        variables.forEach(variable -> variable.setName(null));
        return new Posteriors(generator, settings, parameters, permutations);
    }

    /**
     * @throws InvalidConfigurationException if the candidates are no distributions
     */
    static Posteriors of(Representation found, String component) {
        if (found instanceof Posteriors posteriors) {
            return posteriors;
        }
        throw new InvalidConfigurationException(new Problem(
                "",
                "'%s' works on a distribution per candidate, but the stage before gave '%s'"
                        .formatted(component, found.form()),
                "choose the sampler '" + PriorFlows.NAME + "'"));
    }

    /** The same candidates with other parameters. */
    Posteriors with(NDArray changed) {
        return new Posteriors(generator, settings, changed, permutations);
    }

    FlowShape shape() {
        return new FlowShape(generator.latentSize(), settings.depth(), settings.hidden());
    }

    /** How many flows a candidate has. */
    int flows() {
        return Math.max(1, settings.layers());
    }

    /** Whether the last rows are drawn from the prior. */
    private boolean isOpen() {
        return settings.layers() > 0
                && settings.layers() < generator.searchSpace().get(0);
    }

    /**
     * Draws from each distribution; how many changes none of them. Part of the graph if the thread is recording.
     *
     * @param random one stream per candidate
     */
    Drawn draws(int draws, List<RandomStream> random) {
        int count = random.size();
        int size = generator.latentSize();
        NDArray noise = noise(draws, random);
        NDArray used = noise.get(new NDIndex(":,:,:{}", flows())).transpose(0, 2, 1, 3);
        long together = (long) count * flows();
        NDArray epsilon = used.reshape(new Shape(together, draws, size));
        NDList orders = new NDList();
        permutations.forEach(each -> orders.add(each.reshape(new Shape(together, settings.depth(), size))));
        Flow.Pushed pushed =
                Flow.push(shape(), parameters.reshape(new Shape(together, shape().parameters())), orders, epsilon);
        NDArray z = pushed.z()
                .reshape(new Shape(count, flows(), draws, size))
                .transpose(0, 2, 1, 3)
                .reshape(new Shape((long) count * draws, flows(), size));
        NDArray prior = noise.get(new NDIndex(":,:,{}:", noise.getShape().get(2) - 1))
                .reshape(new Shape((long) count * draws, size));
        return new Drawn(
                points(z, prior),
                divergence(epsilon, pushed).reshape(new Shape(count, flows())).mean(DRAWS));
    }

    /** {@code [N, draws, flows, D]}, with one more row of D if the last rows are drawn from the prior. */
    private NDArray noise(int draws, List<RandomStream> random) {
        int each = (flows() + (isOpen() ? 1 : 0)) * generator.latentSize();
        FloatBuffer noise = FloatBuffer.allocate(random.size() * draws * each);
        for (RandomStream stream : random) {
            for (int draw = 0; draw < draws; draw++) {
                noise.put(stream.child("draw", draw).gaussians(each));
            }
        }
        Shape shape = new Shape(random.size(), draws, each / generator.latentSize(), generator.latentSize());
        return parameters.getManager().create(noise.flip(), shape);
    }

    /** {@code log q(z) − log p(z) = −½‖ε‖² − log|∂z/∂ε| + ½‖z‖²}, averaged over the draws, {@code [B]}. */
    private static NDArray divergence(NDArray epsilon, Flow.Pushed pushed) {
        NDArray before = epsilon.square().sum(COORDINATES);
        NDArray after = pushed.z().square().sum(COORDINATES);
        return after.sub(before).mul(0.5).mean(DRAWS).sub(pushed.logDeterminant());
    }

    /**
     * @param z {@code [M, flows, D]}
     * @param prior {@code [M, D]}
     */
    private NDArray points(NDArray z, NDArray prior) {
        long count = z.getShape().get(0);
        if (settings.layers() == 0) {
            return generator.locate(z.squeeze(1));
        }
        NDArray located = generator.locate(z.reshape(new Shape(count * flows(), generator.latentSize())));
        NDArray each = located.reshape(new Shape(count, flows()).addAll(generator.searchSpace()));
        NDList rows = new NDList();
        for (int row = 0; row < flows(); row++) {
            rows.add(each.get(new NDIndex(":,{},{}:{}", row, row, row + 1)));
        }
        if (isOpen()) {
            rows.add(generator.locate(prior).get(new NDIndex(":,{}:", flows())));
        }
        return NDArrays.concat(rows, 1);
    }

    @Override
    public int size() {
        return Math.toIntExact(parameters.getShape().get(0));
    }

    @Override
    public NDArray draw(int draws, List<RandomStream> random) {
        return generator.generate(draws(draws, random).points());
    }

    @Override
    public Posteriors rows(int... rows) {
        NDArray indices = parameters
                .getManager()
                .create(Arrays.stream(rows).asLongStream().toArray());
        NDList orders = new NDList();
        permutations.forEach(order -> orders.add(order.get(indices)));
        return new Posteriors(generator, settings, parameters.get(indices), orders);
    }

    @Override
    public NDList variables() {
        NDList named = new NDList(named(PARAMETERS, parameters));
        permutations.forEach(orders -> named.add(named(PERMUTATIONS, orders)));
        return named;
    }

    private static NDArray named(String name, NDArray array) {
        NDArray copy = array.duplicate();
        copy.setName(name);
        return copy;
    }

    @Override
    public String form() {
        return PriorFlows.NAME;
    }
}
