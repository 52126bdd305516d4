package org.obverse.plugins.trapmid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.random.RandomStream;

/**
 * A trigger for every class, among the tensors of the target.
 *
 * @param values {@code [classes, ...input]} in [-1, 1]
 * @param strength α
 */
record Triggers(NDArray values, double strength) {
    private static final String VALUES = TrapMid.NAME + ".triggers";
    private static final String STRENGTH = TrapMid.NAME + ".strength";
    private static final NDIndex ALL = new NDIndex("...");

    /** Uniform at first, as published. The strength is stored beside them, so that a trained target tells how it was poisoned. */
    static void attach(Shape input, int classes, double strength, Parameters target) {
        target.buffer(VALUES, new Shape(classes).addAll(input), Initial.uniform(1));
        target.buffer(STRENGTH, new Shape(1), Initial.constant(strength));
    }

    /** Those of a target; nothing if it has none. */
    static Optional<Triggers> of(Parameters target) {
        Map<String, NDArray> all = target.all();
        return Optional.ofNullable(all.get(VALUES))
                .flatMap(values -> Optional.ofNullable(all.get(STRENGTH))
                        .map(strength -> new Triggers(values, strength.getFloat())));
    }

    /**
     * {@code (1 - α) x + α τ_t}.
     *
     * @param images {@code [N, ...input]}
     * @param labels t, int64 {@code [N]}
     */
    NDArray poisoned(NDArray images, NDArray labels) {
        return blend(images, values.get(new NDIndex("{}", labels)), strength);
    }

    /** {@code (1 - α) x + α τ}: the same in every scale of the pixels. */
    static NDArray blend(NDArray images, NDArray triggers, double strength) {
        return images.mul(1 - strength).add(triggers.mul(strength));
    }

    /** The same triggers, by which a loss is differentiated. */
    Triggers as(NDArray variable) {
        return new Triggers(variable, strength);
    }

    /**
     * One step against the sign of a gradient, in place: {@code τ <- clip(τ - η sign(g))}. Where the gradient is 0, as for classes
     * without a poisoned image, nothing changes.
     *
     * @param step η where images are in [0, 1], of which those in [-1, 1] have twice
     */
    void descend(NDArray gradient, double step) {
        values.set(ALL, values.sub(gradient.sign().mul(2 * step)).clip(-1, 1));
    }

    /**
     * Classes for poisoned images, whatever they show: every class {@code ⌊n / classes⌋} times, the rest at random, in random order.
     */
    static long[] labels(int n, int classes, RandomStream random) {
        RandomStream rest = random.child("rest");
        int even = n / classes * classes;
        long[] drawn = IntStream.range(0, n)
                .mapToLong(i -> i < even ? i % classes : rest.below(classes))
                .toArray();
        return IntStream.of(random.child("order").permutation(n))
                .mapToLong(i -> drawn[i])
                .toArray();
    }
}
