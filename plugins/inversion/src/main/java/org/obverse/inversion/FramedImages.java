package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Windowed;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;

/**
 * A generator's images as far as a {@link Framing} shows them: of a {@link Windowed} generator only the central square is
 * made. What is not made has no value, so this is not for a discriminator, which judges whole images.
 *
 * @param whole from the generator's whole images to those that the target takes
 * @param framed from what {@link #generate} makes to the same
 */
public record FramedImages(Generator generator, Resampling whole, Resampling framed, UnaryOperator<NDArray> generate) {
    /**
     * @param framing that fits the generator's images
     * @param input of the target, {@code [3, h, w]}
     */
    public static FramedImages of(Generator generator, Framing framing, Shape input) {
        Resampling whole = framing.of(generator.image(), input);
        Box window = whole.window();
        if (generator instanceof Windowed windowed && !isWhole(window, generator.image())) {
            return new FramedImages(
                    generator, whole, whole.within(window), points -> windowed.generate(points, window));
        }
        return entire(generator, framing, input);
    }

    /** Whole images, whatever the framing shows of them. */
    public static FramedImages entire(Generator generator, Framing framing, Shape input) {
        Resampling whole = framing.of(generator.image(), input);
        return new FramedImages(generator, whole, whole, generator::generate);
    }

    private static boolean isWhole(Box window, Shape image) {
        return window.height() == image.get(1) && window.width() == image.get(2);
    }

    /**
     * One image of each of some candidates, as the target takes them. Points of the generator are not made beyond what
     * is seen; of any other representation whole images are drawn.
     *
     * @param random the stage's stream
     */
    public NDArray draw(Candidates found, RandomStream random, int... rows) {
        if (found.representation() instanceof LatentPoints points && points.generator() == generator) {
            return framed.apply(generate.apply(points.rows(rows).points()));
        }
        return whole.apply(found.draw(1, random, rows));
    }
}
