package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;

/**
 * One point of the prior per candidate, z, also of a generator whose search space lies behind z: for searches whose
 * lengths are in standard deviations of the prior and mean nothing in a space of styles.
 *
 * @param z float32 {@code [N, latentSize]}
 * @param form the name of the component that made it, which must be an {@code Opener} that calls {@link #open}
 */
public record PriorPoints(Generator generator, NDArray z, String form) implements Representation {
    private static final String VARIABLE = "z";

    /**
     * @param z one point per candidate, each of the generator's {@code latentSize}
     */
    public static PriorPoints of(Generator generator, List<float[]> z, String form, NDManager manager) {
        return new PriorPoints(generator, Certainties.array(z, manager), form);
    }

    /** From what {@link #variables} returned. */
    public static PriorPoints open(NDList variables, Generator generator, String form) {
        NDArray z = variables.singletonOrThrow();
        z.setName(null);
        return new PriorPoints(generator, z, form);
    }

    /**
     * The points of the prior that an earlier stage found; those of a plain generator are its latent points. A stage of another jar has
     * a class of its own for them, and is known by what it stores.
     *
     * @param context of the stage that needs them; it declares a generator
     * @param component its name
     * @param sampler that it goes with
     * @throws InvalidConfigurationException if they are something else
     */
    public static PriorPoints of(Representation start, StageContext context, String component, String sampler) {
        if (start instanceof PriorPoints points) {
            return points;
        }
        if (start instanceof LatentPoints points && !(points.generator() instanceof Mapped)) {
            return new PriorPoints(points.generator(), points.points(), component);
        }
        NDList variables = start.variables();
        Generator generator = context.generator();
        if (variables.size() == 1
                && VARIABLE.equals(variables.head().getName())
                && variables.head().getShape().equals(new Shape(start.size(), generator.latentSize()))) {
            return open(variables, generator, component);
        }
        throw new InvalidConfigurationException(new Problem(
                "",
                "'" + component + "' moves points of the prior, but the stage before gave '" + start.form()
                        + "' of a mapped generator or none at all",
                "choose the sampler '" + sampler + "'"));
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
