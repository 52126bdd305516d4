package org.obverse.engine.training;

import java.util.List;
import java.util.stream.IntStream;
import org.obverse.engine.random.CounterStream;

/**
 * Training images that a model is not trained on, as a defense judges its epochs by them: neither members nor others.
 *
 * @param share of the training images; 0 if there are none
 * @param seed of the training
 * @param role whose stream the training draws from
 */
public record HeldOutImages(double share, long seed, String role) {
    /** What they depend on beside how many training images there are. */
    public String identity() {
        return "%s of the training images, seed %d of %s".formatted(share, seed, role);
    }

    public boolean isEmpty() {
        return share == 0;
    }

    /**
     * Rows of the training images, ascending.
     *
     * @param training how many training images there are
     */
    public List<Integer> rows(int training) {
        return isEmpty()
                ? List.of()
                : IntStream.of(Composition.heldOut(
                                share, training, CounterStream.of(seed).child(role)))
                        .sorted()
                        .boxed()
                        .toList();
    }
}
