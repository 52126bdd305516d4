package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/**
 * The sizes of the conditional GAN of PLG-MI and LOKT. Channels double each time that the extent is halved: the published width of 64 at 64 pixels has
 * 1,024 maps of 4 × 4, and a resolution of 32 has one block less.
 *
 * @param colours channels of an image: 3, or 1 of grey ones
 * @param resolution height and width of an image in pixels, a power of two from 16
 * @param latentSize length of z
 * @param width channels at the full resolution
 * @param classes of the target
 */
public record ClassLayout(int colours, int resolution, int latentSize, int width, int classes) {
    /** The extent of the smallest maps of the generator. */
    static final int SMALLEST_MAP = 4;

    private static final int SMALLEST = 16;

    /**
     * @param images shape of an image, {@code [C, H, W]}
     * @throws InvalidConfigurationException with what {@link #misfits} says
     */
    public static ClassLayout of(Shape images, int latentSize, int width, int classes) {
        List<Problem> problems = misfits(images);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return new ClassLayout(
                Math.toIntExact(images.get(0)), Math.toIntExact(images.get(1)), latentSize, width, classes);
    }

    /**
     * From what {@link #sizes} returned, as a stored artifact gives it.
     *
     * @param sizes float32 {@code [3]}
     */
    public static ClassLayout of(NDArray sizes, int latentSize, int width) {
        float[] stored = sizes.toFloatArray();
        return new ClassLayout((int) stored[0], (int) stored[1], latentSize, width, (int) stored[2]);
    }

    /** What no configuration says, for an artifact, which gives tensors back in float32: colours, resolution and classes, {@code [3]}. */
    public NDArray sizes(NDManager manager) {
        return manager.create(new float[] {colours, resolution, classes});
    }

    /** What keeps these networks from images of a shape {@code [C, H, W]}. */
    public static List<Problem> misfits(Shape images) {
        boolean square =
                images.dimension() == 3 && (images.get(0) == 1 || images.get(0) == 3) && images.get(1) == images.get(2);
        return new Problems()
                .require(
                        square && images.get(1) >= SMALLEST && Long.bitCount(images.get(1)) == 1,
                        "",
                        "the networks are made for square images, grey or in colour, whose side is a power of two and at least "
                                + SMALLEST + " pixels, and cannot make images of " + images,
                        "use data of such images, for instance [3, 32, 32] or [3, 64, 64]")
                .list();
    }

    /** How often the extent doubles from the smallest maps to the resolution. */
    int doublings() {
        return Integer.numberOfTrailingZeros(resolution / SMALLEST_MAP);
    }

    /** The channels of maps that are {@code resolution / 2^halvings} pixels wide. */
    int channels(int halvings) {
        return width << halvings;
    }

    public Shape image() {
        return new Shape(colours, resolution, resolution);
    }
}
