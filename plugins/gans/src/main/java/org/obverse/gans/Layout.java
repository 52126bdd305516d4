package org.obverse.gans;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Problem;

/**
 * The sizes of a generator and of its discriminator. The published networks are those of 64 pixels, 100 numbers in z and a
 * width of 64; a resolution of 32 has one block less, next to the smallest maps, so that layers of one extent have one
 * number of channels.
 *
 * @param resolution height and width of an image in pixels, a power of two from 32
 * @param latentSize length of z
 * @param width channels at half the resolution; they double each time that the extent is halved
 */
public record Layout(int resolution, int latentSize, int width) implements Checked {
    static final int SMALLEST_MAP = 4;
    private static final int SMALLEST = 32;

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

    /** What keeps these networks from images of that shape, {@code [C, H, W]}. */
    public List<Problem> fit(Shape images) {
        return new Limits()
                .require(
                        images.equals(image()),
                        "resolution",
                        "the networks are made for images of " + image() + ", but the data has " + images,
                        "use the resolution of the data, which must be square, in colour and a power of two from "
                                + SMALLEST)
                .problems();
    }

    @Override
    public List<Problem> check() {
        return new Limits()
                .require(
                        resolution >= SMALLEST && Integer.bitCount(resolution) == 1,
                        "resolution",
                        resolution + " is not a power of two from " + SMALLEST,
                        "use 32, 64 or 128")
                .atLeast(1, "latent-size", latentSize)
                .atLeast(1, "width", width)
                .problems();
    }
}
