package org.obverse.api.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.obverse.api.generator.Generator;
import org.obverse.api.random.RandomStream;

/**
 * One point of the generator's search space per candidate.
 *
 * @param generator whose search space it is
 * @param points {@code [N, ...searchSpace]}, or {@code [N, 1, styleSize]} of a mapped generator
 */
public record LatentPoints(Generator generator, NDArray points) implements Representation {
    public static final String FORM = "latent-points";

    @Override
    public int size() {
        return Math.toIntExact(points.getShape().get(0));
    }

    @Override
    public NDArray draw(int draws, List<RandomStream> random) {
        NDArray images = generator.generate(points);
        return draws == 1 ? images : images.repeat(0, draws);
    }

    @Override
    public LatentPoints rows(int... rows) {
        return new LatentPoints(generator, FixedImages.pick(points, rows));
    }

    @Override
    public NDList variables() {
        return FixedImages.named("points", points);
    }

    @Override
    public String form() {
        return FORM;
    }
}
