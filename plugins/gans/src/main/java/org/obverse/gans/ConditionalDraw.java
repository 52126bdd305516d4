package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.obverse.api.network.Pass;
import org.obverse.api.random.RandomStream;

/** What a conditional generator is asked for in one step of its training: points z ~ N(0, I), each with a class. */
public final class ConditionalDraw {
    private final int[] classes;
    private final NDArray z;
    private final NDArray condition;

    private ConditionalDraw(int[] classes, NDArray z, NDArray condition) {
        this.classes = classes;
        this.z = z;
        this.condition = condition;
    }

    /**
     * Classes are uniform over those of the layout.
     *
     * @param draws of this step alone
     */
    public static ConditionalDraw of(RandomStream draws, int batch, ClassLayout layout, NDManager manager) {
        RandomStream ofClasses = draws.child("class");
        int[] classes = IntStream.range(0, batch)
                .map(image -> ofClasses.below(layout.classes()))
                .toArray();
        int latent = layout.latentSize();
        return new ConditionalDraw(
                classes,
                manager.create(draws.child("z").gaussians(batch * latent), new Shape(batch, latent)),
                condition(layout, manager, classes));
    }

    /** One at each sample's class, {@code [N, classes]}. */
    public static NDArray condition(ClassLayout layout, NDManager manager, int... classes) {
        return manager.create(IntStream.of(classes).asLongStream().toArray())
                .oneHot(layout.classes(), DataType.FLOAT32);
    }

    public int size() {
        return classes.length;
    }

    /** The classes, int64 {@code [N]}. */
    public NDArray classes() {
        return z.getManager().create(IntStream.of(classes).asLongStream().toArray());
    }

    /** {@code [N, classes]}. */
    public NDArray condition() {
        return condition;
    }

    /** What a generator makes of it, {@code [N, C, H, W]} in [-1, 1]. */
    public NDArray images(ConditionalNetwork generator, Pass pass) {
        return generator.images(z, condition, pass);
    }
}
