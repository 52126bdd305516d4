package org.obverse.plugins.plg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Representation;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Generator;
import org.obverse.api.random.RandomStream;

/**
 * One point of the prior per candidate beside the class that a conditional generator is asked for.
 *
 * @param z {@code [N, latentSize]}
 * @param conditions one per candidate
 * @param form the name of the component that made it
 */
record ClassPoints(Conditional generator, NDArray z, List<Integer> conditions, String form) implements Representation {
    private static final String Z = "z";
    private static final String CONDITIONS = "conditions";

    ClassPoints {
        conditions = List.copyOf(conditions);
    }

    static ClassPoints open(NDList variables, Generator generator, String form) {
        NDArray z = variables.get(Z);
        z.setName(null);
        int[] conditions = variables.get(CONDITIONS).toIntArray();
        return new ClassPoints(
                (Conditional) generator, z, Arrays.stream(conditions).boxed().toList(), form);
    }

    @Override
    public int size() {
        return conditions.size();
    }

    @Override
    public NDArray draw(int draws, List<RandomStream> random) {
        NDArray images = generator.generate(generator.locate(
                z, conditions.stream().mapToInt(Integer::intValue).toArray()));
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
        NDArray wanted = z.getManager()
                .create(conditions.stream().mapToInt(Integer::intValue).toArray());
        wanted.setName(CONDITIONS);
        return new NDList(named, wanted);
    }
}
