package org.obverse.api.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.random.RandomStream;

/**
 * Finished images, for attacks without a latent space.
 *
 * @param images {@code [N, ...image]}
 */
public record FixedImages(NDArray images) implements Representation {
    public static final String FORM = "images";

    @Override
    public int size() {
        return Math.toIntExact(images.getShape().get(0));
    }

    @Override
    public NDArray draw(int draws, List<RandomStream> random) {
        return draws == 1 ? images : images.repeat(0, draws);
    }

    @Override
    public FixedImages rows(int... rows) {
        return new FixedImages(pick(images, rows));
    }

    @Override
    public NDList variables() {
        return named("images", images);
    }

    @Override
    public String form() {
        return FORM;
    }

    static NDArray pick(NDArray array, int[] rows) {
        long[] indices = Arrays.stream(rows).asLongStream().toArray();
        return array.get(array.getManager().create(indices));
    }

    /** A named array over the same memory, which may be gigabytes. */
    static NDList named(String name, NDArray array) {
        NDArray named = array.reshape(array.getShape());
        named.setName(name);
        return new NDList(named);
    }
}
