package org.obverse.gans;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/**
 * The sizes of a generator and of its discriminator. The published networks are those of 64 pixels, 100 numbers in z and a
 * width of 64; a resolution of 32 has one block less, next to the smallest maps, so that layers of one extent have one
 * number of channels.
 *
 * @param resolution height and width of an image in pixels, a power of two from 32: that of the public images
 * @param latentSize length of z
 * @param width channels at half the resolution; they double each time that the extent is halved
 */
public record Layout(int resolution, int latentSize, int width) {
    static final int SMALLEST_MAP = 4;
    private static final int SMALLEST = 32;

    /**
     * The networks for images of a shape, {@code [3, resolution, resolution]}.
     *
     * @throws InvalidConfigurationException if there are none, with what {@link #misfits} says
     */
    public static Layout of(Shape images, int latentSize, int width) {
        List<Problem> problems = misfits(images);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return new Layout(Math.toIntExact(images.get(1)), latentSize, width);
    }

    /**
     * The networks that left tensors of these names: the extent doubles once per block {@code up1}, {@code up2}, ….
     *
     * @param names those of a {@link GeneratorNetwork}, and of others that have no such blocks
     * @param prefix of the generator's names, such as {@code generator.}
     * @throws InvalidConfigurationException if no generator is among them
     */
    public static Layout stored(Set<String> names, String prefix, int latentSize, int width) {
        int doublings = 0;
        while (names.contains(GeneratorNetwork.weightOf(prefix, doublings + 1))) {
            doublings++;
        }
        return of(new Shape(3, SMALLEST_MAP << doublings, SMALLEST_MAP << doublings), latentSize, width);
    }

    /** What keeps these networks from images of a shape {@code [C, H, W]}. */
    public static List<Problem> misfits(Shape images) {
        boolean square = images.dimension() == 3 && images.get(0) == 3 && images.get(1) == images.get(2);
        return new Problems()
                .require(
                        square && images.get(1) >= SMALLEST && Long.bitCount(images.get(1)) == 1,
                        "",
                        "the networks are made for square images in colour, a power of two from " + SMALLEST
                                + " pixels wide, and cannot make images of " + images,
                        "use data of such images, for instance [3, 32, 32] or [3, 64, 64]")
                .list();
    }

    /** How often the extent doubles from 4 pixels to the resolution. */
    int doublings() {
        return Integer.numberOfTrailingZeros(resolution / SMALLEST_MAP);
    }

    /** The channels of maps that are {@code resolution / 2^halvings} pixels wide. */
    int channels(int halvings) {
        return width << (halvings - 1);
    }

    public Shape image() {
        return new Shape(3, resolution, resolution);
    }
}
