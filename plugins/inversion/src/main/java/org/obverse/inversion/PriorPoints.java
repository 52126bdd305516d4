package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Representation;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;

/**
 * One point of the prior per candidate, z, also of a generator whose search space lies behind z: radii and bounds that are in
 * standard deviations of the prior mean nothing in a space of styles.
 *
 * @param z {@code [N, latentSize]}
 * @param form the name of the component that made it
 */
public record PriorPoints(Generator generator, NDArray z, String form) implements Representation {
    private static final String VARIABLE = "z";

    public static PriorPoints of(Generator generator, float[][] z, String form, NDManager manager) {
        FloatBuffer values = FloatBuffer.allocate(z.length * generator.latentSize());
        for (float[] point : z) {
            values.put(point);
        }
        return new PriorPoints(
                generator, manager.create(values.flip(), new Shape(z.length, generator.latentSize())), form);
    }

    /** What {@link #variables} stored. */
    public static PriorPoints open(NDList variables, Generator generator, String form) {
        NDArray z = variables.singletonOrThrow();
        z.setName(null);
        return new PriorPoints(generator, z, form);
    }

    /**
     * The points of candidates that a sampler gave.
     *
     * @param component that searches them
     * @throws InvalidConfigurationException if they are not points of the prior
     */
    public static PriorPoints of(Representation start, String component) {
        if (start instanceof PriorPoints points) {
            return points;
        }
        if (start instanceof LatentPoints points && !(points.generator() instanceof Mapped)) {
            return new PriorPoints(points.generator(), points.points(), component);
        }
        throw new InvalidConfigurationException(new Problem(
                "",
                "'" + component + "' moves points of the prior, but the sampler gave '" + start.form()
                        + "' of a mapped generator or none at all",
                "choose the sampler 'prior-draws' or 'label-rejection'"));
    }

    @Override
    public int size() {
        return Math.toIntExact(z.getShape().get(0));
    }

    @Override
    public NDArray draw(int draws, List<RandomStream> random) {
        NDArray images = generator.generate(generator.locate(z));
        return draws == 1 ? images : images.repeat(0, draws);
    }

    @Override
    public PriorPoints rows(int... rows) {
        long[] indices = Arrays.stream(rows).asLongStream().toArray();
        return new PriorPoints(generator, z.get(z.getManager().create(indices)), form);
    }

    @Override
    public NDList variables() {
        NDArray named = z.duplicate();
        named.setName(VARIABLE);
        return new NDList(named);
    }
}
