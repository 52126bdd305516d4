package org.obverse.gans;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/**
 * The sizes of a generator and of its discriminator. The published networks are those of colour images of 64 pixels, 100 numbers in z and a
 * width of 64; a resolution of 32 has one block less, next to the smallest maps, so that layers of one extent have one number of
 * channels. The smallest maps are 4 pixels wide where the resolution is a power of two, and 7 of MNIST's 28 pixels.
 *
 * @param colours channels of an image: 3, or 1 of grey ones
 * @param resolution height and width of an image in pixels, 4 to 7 times a power of two, from 28: that of the public images
 * @param latentSize length of z
 * @param width channels at half the resolution; they double each time that the extent is halved
 */
public record Layout(int colours, int resolution, int latentSize, int width) {
    private static final int SMALLEST_MAP = 4;
    private static final int LARGEST_MAP = 7;
    private static final int SMALLEST = 28;
    private static final String IMAGE = "image";

    /**
     * The networks for images of a shape, {@code [C, resolution, resolution]}.
     *
     * @throws InvalidConfigurationException if there are none, with what {@link #misfits} says
     */
    public static Layout of(Shape images, int latentSize, int width) {
        List<Problem> problems = misfits(images);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return new Layout(Math.toIntExact(images.get(0)), Math.toIntExact(images.get(1)), latentSize, width);
    }

    /** The networks that were stored with {@link #tensors}. */
    public static Layout stored(Parameters parameters, int latentSize, int width) {
        float[] image =
                parameters.buffer(IMAGE, new Shape(2), Initial.constant(0)).toFloatArray();
        return of(new Shape((long) image[0], (long) image[1], (long) image[1]), latentSize, width);
    }

    /** What is stored beside the networks' own tensors, so that {@link #stored} can tell which networks they are. */
    public Map<String, NDArray> tensors(NDManager manager) {
        return Map.of(IMAGE, manager.create(new float[] {colours, resolution}));
    }

    /** What keeps these networks from images of a shape {@code [C, H, W]}. */
    public static List<Problem> misfits(Shape images) {
        boolean square =
                images.dimension() == 3 && (images.get(0) == 1 || images.get(0) == 3) && images.get(1) == images.get(2);
        return new Problems()
                .require(
                        square
                                && images.get(1) >= SMALLEST
                                && smallestMap(Math.toIntExact(images.get(1))) <= LARGEST_MAP,
                        "",
                        "the networks are made for square images, grey or in colour, 4 to 7 times a power of two wide and at least "
                                + SMALLEST + " pixels, and cannot make images of " + images,
                        "use data of such images, for instance [1, 28, 28], [3, 32, 32] or [3, 64, 64]")
                .list();
    }

    /** Where halving ends: before the extent is odd, or less than 4. */
    private static int smallestMap(int resolution) {
        int map = resolution;
        while (map % 2 == 0 && map / 2 >= SMALLEST_MAP) {
            map /= 2;
        }
        return map;
    }

    /** The extent of the smallest maps. */
    int smallestMap() {
        return smallestMap(resolution);
    }

    /** How often the extent doubles from the smallest maps to the resolution. */
    int doublings() {
        return Integer.numberOfTrailingZeros(resolution / smallestMap());
    }

    /** The channels of maps that are {@code resolution / 2^halvings} pixels wide. */
    int channels(int halvings) {
        return width << (halvings - 1);
    }

    public Shape image() {
        return new Shape(colours, resolution, resolution);
    }
}
