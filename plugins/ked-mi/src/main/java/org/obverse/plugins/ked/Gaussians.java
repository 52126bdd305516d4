package org.obverse.plugins.ked;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Representation;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;

/**
 * A Gaussian over z with a diagonal covariance per candidate (Chen et al. 2021):
 * {@code z = μ + exp(½ log σ²) ε}.
 *
 * @param distributions float32 {@code [N, 2, latentSize]}: μ, then log σ²
 * @param form the name of the component that made it
 */
record Gaussians(Generator generator, NDArray distributions, String form) implements Representation {
    private static final String VARIABLE = "distributions";

    static Gaussians open(NDList variables, Generator generator, String form) {
        NDArray distributions = variables.singletonOrThrow();
        distributions.setName(null);
        return new Gaussians(generator, distributions, form);
    }

    /**
     * @throws InvalidConfigurationException if the candidates are no Gaussians
     */
    static Gaussians of(Representation start, String component) {
        if (start instanceof Gaussians gaussians) {
            return gaussians;
        }
        throw new InvalidConfigurationException(new Problem(
                "",
                "'%s' works on a Gaussian per candidate, but the stage before gave '%s'"
                        .formatted(component, start.form()),
                "choose the sampler '" + StandardGaussian.NAME + "'"));
    }

    /**
     * {@code z = μ + exp(½ log σ²) ε}, part of the graph if the thread is recording.
     *
     * @param distributions {@code [N, 2, latentSize]}
     * @param noise ε, {@code [N, latentSize]}
     */
    static NDArray z(NDArray distributions, NDArray noise) {
        NDArray mean = distributions.get(":,0");
        NDArray deviation = distributions.get(":,1").mul(0.5).exp();
        return mean.add(deviation.mul(noise));
    }

    /** ε for some rows, each from a stream of its own: {@code [streams.size(), latentSize]}. */
    static NDArray noise(NDManager manager, List<RandomStream> streams, int latentSize) {
        FloatBuffer noise = FloatBuffer.allocate(streams.size() * latentSize);
        for (RandomStream stream : streams) {
            noise.put(stream.gaussians(latentSize));
        }
        return manager.create(noise.flip(), new Shape(streams.size(), latentSize));
    }

    /**
     * Points of the prior, the draws of one candidate behind one another. How many are drawn changes none of them.
     *
     * @param random one stream per candidate
     * @return {@code [N * draws, latentSize]}
     */
    NDArray points(int draws, List<RandomStream> random) {
        List<RandomStream> streams = random.stream()
                .flatMap(stream -> IntStream.range(0, draws).mapToObj(draw -> stream.child("draw", draw)))
                .toList();
        NDArray noise = noise(distributions.getManager(), streams, generator.latentSize());
        return z(draws == 1 ? distributions : distributions.repeat(0, draws), noise);
    }

    @Override
    public int size() {
        return Math.toIntExact(distributions.getShape().get(0));
    }

    @Override
    public NDArray draw(int draws, List<RandomStream> random) {
        return generator.generate(generator.locate(points(draws, random)));
    }

    @Override
    public Gaussians rows(int... rows) {
        long[] indices = Arrays.stream(rows).asLongStream().toArray();
        return new Gaussians(
                generator, distributions.get(distributions.getManager().create(indices)), form);
    }

    @Override
    public NDList variables() {
        NDArray named = distributions.duplicate();
        named.setName(VARIABLE);
        return new NDList(named);
    }
}
