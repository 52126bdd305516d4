package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;

/**
 * One point of the prior per candidate beside the class that a conditional generator is asked for.
 *
 * @param z {@code [N, latentSize]}
 * @param conditions one per candidate
 * @param form the name of the component that made it
 */
public record ClassPoints(Conditional generator, NDArray z, List<Integer> conditions, String form)
        implements Representation {
    private static final String Z = "z";
    private static final String CONDITIONS = "conditions";

    public ClassPoints {
        conditions = List.copyOf(conditions);
    }

    /** From what {@link #variables} returned. */
    public static ClassPoints open(NDList variables, Generator generator, String form) {
        NDArray z = variables.get(Z);
        z.setName(null);
        int[] conditions = variables.get(CONDITIONS).toIntArray();
        return new ClassPoints(
                (Conditional) generator, z, Arrays.stream(conditions).boxed().toList(), form);
    }

    /**
     * The points with classes that an earlier stage found. A stage of another jar has a class of its own for them, and is known by what
     * it stores.
     *
     * @param context of the stage that needs them; it declares a {@link Conditional} generator
     * @param component its name
     * @param sampler that it goes with
     * @throws InvalidConfigurationException if they are something else
     */
    public static ClassPoints of(Representation start, StageContext context, String component, String sampler) {
        if (start instanceof ClassPoints points) {
            return points;
        }
        NDList variables = start.variables();
        if (variables.size() == 2
                && Z.equals(variables.get(0).getName())
                && CONDITIONS.equals(variables.get(1).getName())) {
            return open(variables, context.generator(), component);
        }
        throw new InvalidConfigurationException(new Problem(
                "",
                "'" + component
                        + "' moves points of a conditional generator, each for its class, but the sampler gave '"
                        + start.form() + "'",
                "choose the sampler '" + sampler + "'"));
    }

    /** The classes, one per candidate. */
    int[] wanted() {
        return conditions.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public int size() {
        return conditions.size();
    }

    @Override
    public NDArray draw(int draws, List<RandomStream> random) {
        NDArray images = generator.generate(generator.locate(z, wanted()));
        return draws == 1 ? images : images.repeat(0, draws);
    }

    @Override
    public ClassPoints rows(int... rows) {
        long[] indices = Arrays.stream(rows).asLongStream().toArray();
        return new ClassPoints(
                generator,
                z.get(z.getManager().create(indices)),
                IntStream.of(rows).mapToObj(conditions::get).toList(),
                form);
    }

    @Override
    public NDList variables() {
        NDArray named = z.duplicate();
        named.setName(Z);
        NDArray classes = z.getManager().create(wanted());
        classes.setName(CONDITIONS);
        return new NDList(named, classes);
    }
}
