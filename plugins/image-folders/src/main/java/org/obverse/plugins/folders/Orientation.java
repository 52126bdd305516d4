package org.obverse.plugins.folders;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held, tag 274 of EXIF (and of TIFF): how the stored rows and columns have to be turned to stand upright.
 *
 * @param code 1 (upright) to 8, the tag's value
 */
record Orientation(int code) {
    static final Orientation UPRIGHT = new Orientation(1);
    private static final int TAG = 274;

    /**
     * Finds the tag in the first directory of a TIFF structure.
     *
     * @param tiff beginning with II or MM
     * @throws UnreadablePictureException if the structure ends too soon
     */
    static Orientation of(ByteBuffer tiff) throws UnreadablePictureException {
        try {
            ByteBuffer in = tiff.slice();
            in.order(in.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = in.getInt(4);
            int entries = Short.toUnsignedInt(in.getShort(directory));
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + 12 * i;
                if (Short.toUnsignedInt(in.getShort(entry)) == TAG) {
                    return of(Short.toUnsignedInt(in.getShort(entry + 8)));
                }
            }
            return UPRIGHT;
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new UnreadablePictureException(
                    "has tags (EXIF) that are damaged or truncated", "save it again, or remove its EXIF data");
        }
    }

    /** What EXIF does not define says nothing: cameras and editors write 0 where they do not know, and viewers show it as it is. */
    private static Orientation of(int code) {
        return code < 1 || code > 8 ? UPRIGHT : new Orientation(code);
    }

    /** The picture as it was seen. */
    Pixels upright(Pixels stored) {
        if (code == 1) {
            return stored;
        }
        boolean transposed = code >= 5;
        int width = transposed ? stored.height() : stored.width();
        int height = transposed ? stored.width() : stored.height();
        byte[] from = stored.rgb();
        byte[] to = new byte[from.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(from, 3 * source(stored, x, y), to, 3 * (y * width + x), 3);
            }
        }
        return new Pixels(width, height, to);
    }

    /** The stored pixel that is seen at (x, y). */
    private int source(Pixels stored, int x, int y) {
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        int column = switch (code) {
            case 2, 3 -> right - x;
            case 5, 6 -> y;
            case 7, 8 -> right - y;
            default -> x;
        };
        int row = switch (code) {
            case 3, 4 -> bottom - y;
            case 5, 8 -> x;
            case 6, 7 -> bottom - x;
            default -> y;
        };
        return row * stored.width() + column;
    }
}
