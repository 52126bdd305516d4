package org.obverse.plugins.controls;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.random.RandomStream;

/**
 * Points of a generator's search space, drawn from its prior. A generator without styles that takes conditions draws under the class as its
 * condition, as PLG-MI's does, which was trained under those.
 *
 * @param truncationPsi of a mapped generator's style vectors, in all rows
 */
record PriorDraws(Generator generator, double truncationPsi) {
    /**
     * One draw.
     *
     * @param targetClass its condition, where the generator takes one
     */
    record Draw(RandomStream random, int targetClass) {}

    /** Whether what is drawn for one class is of no use to another. */
    boolean areOfClasses() {
        return generator instanceof Conditional && !(generator instanceof Mapped);
    }

    /** {@code [draws.size(), ...searchSpace]}. */
    NDArray points(List<Draw> draws, NDManager manager) {
        int length = generator.latentSize();
        float[] values = new float[draws.size() * length];
        for (int i = 0; i < draws.size(); i++) {
            System.arraycopy(draws.get(i).random().gaussians(length), 0, values, i * length, length);
        }
        NDArray z = manager.create(values, new Shape(draws.size(), length));
        if (generator instanceof Mapped mapped) {
            return mapped.map(z, new Truncation(truncationPsi, mapped.rows()));
        }
        return generator instanceof Conditional conditional
                ? conditional.locate(
                        z, draws.stream().mapToInt(Draw::targetClass).toArray())
                : generator.locate(z);
    }

    /** All of them, a batch at a time; they live until the context's unit is stored. */
    LatentPoints kept(List<Draw> draws, StageContext context) {
        NDManager manager = context.manager();
        NDArray whole = manager.create(new Shape(draws.size()).addAll(generator.searchSpace()));
        for (int from = 0; from < draws.size(); from += context.batch()) {
            context.checkpoint();
            int to = Math.min(draws.size(), from + context.batch());
            try (NDScope scope = new NDScope()) {
                whole.set(new NDIndex().addSliceDim(from, to), points(draws.subList(from, to), manager));
            }
        }
        return new LatentPoints(generator, whole);
    }
}
