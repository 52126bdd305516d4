package org.obverse.plugins.binary;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.plugins.binary.BinaryFile.Contents;

/**
 * The IDX format of bytes (LeCun, "The MNIST database"): two zeros, 8 for unsigned bytes, the number of axes; the length of each axis, four
 * bytes, the highest first; the values, row-major.
 */
final class IdxFile {
    private static final int IMAGES = 0x0803;
    private static final int LABELS = 0x0801;
    /** Height and width are below it, so that their product is no more than an int holds. */
    private static final int LARGEST = 2048;

    private IdxFile() {}

    /** Grey images, {@code [1, H, W]}. */
    static ImageBlock images(BinaryFile file) {
        Contents contents = file.read(4 * Integer.BYTES, head -> {
            requireMagic(file, head.getInt(), IMAGES, "images, idx3-ubyte");
            int count = head.getInt();
            int height = head.getInt();
            int width = head.getInt();
            if (count < 1 || height < 1 || width < 1 || height > LARGEST || width > LARGEST) {
                throw file.refusal(
                        "promises %d images of %dx%d pixels".formatted(count, height, width),
                        "use a file of at least one image, of 1 to " + LARGEST + " pixels a side");
            }
            return (long) count * height * width;
        });
        ByteBuffer head = contents.head();
        return new ImageBlock(
                file.name(),
                new Shape(1, head.getInt(2 * Integer.BYTES), head.getInt(3 * Integer.BYTES)),
                contents.body());
    }

    /** A label per image, from 0 to 255. */
    static List<Integer> labels(BinaryFile file, ImageBlock images) {
        ByteBuffer bytes = file.read(2 * Integer.BYTES, head -> {
                    requireMagic(file, head.getInt(), LABELS, "labels, idx1-ubyte");
                    int count = head.getInt();
                    if (count != images.size()) {
                        throw file.refusal(
                                "has %d labels, and %s has %d images".formatted(count, images.name(), images.size()),
                                "put the two files of one data set there");
                    }
                    return count;
                })
                .body();
        return IntStream.range(0, bytes.capacity())
                .mapToObj(i -> Byte.toUnsignedInt(bytes.get(i)))
                .toList();
    }

    private static void requireMagic(BinaryFile file, int magic, int expected, String what) {
        if (magic != expected) {
            throw file.refusal(
                    "begins with 0x%08x, not with 0x%08x: it is no file of %s".formatted(magic, expected, what),
                    "put the file of that name there, unpacked or as .gz");
        }
    }
}
