package org.obverse.plugins.folders;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The container of a WebP file (RFC 9649, section 2), which the reader believes: it goes on with black where a file without losses
 * ends too soon, and takes the size that the container tells for that of the picture within.
 */
final class WebpFile {
    private static final int HEADER = 12;
    private static final int CHUNK = 8;

    private final ByteBuffer in;
    private long canvas;
    private long picture;
    private Orientation orientation = Orientation.UPRIGHT;

    private WebpFile(byte[] file) {
        this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * From the chunk EXIF.
     *
     * @throws UnreadablePictureException if the file is truncated, animated, or says two sizes
     */
    static Orientation orientation(byte[] file) throws UnreadablePictureException {
        WebpFile webp = new WebpFile(file);
        webp.chunks();
        return webp.orientation;
    }

    private void chunks() throws UnreadablePictureException {
        long end = CHUNK + length(4);
        require(end <= in.limit());
        for (long at = HEADER; at < end; ) {
            require(at + CHUNK <= end);
            int start = (int) at + CHUNK;
            long length = length(start - 4);
            require(start + length <= end);
            chunk(text((int) at), in.slice(start, (int) length).order(ByteOrder.LITTLE_ENDIAN));
            at = start + length + (length & 1);
        }
        require(picture != 0 && (canvas == 0 || canvas == picture));
    }

    private void chunk(String name, ByteBuffer body) throws UnreadablePictureException {
        switch (name) {
            case "VP8X" -> {
                require(body.limit() >= 10);
                canvas = size(1 + (body.getInt(4) & 0xffffff), 1 + (body.getInt(6) >>> 8));
            }
            case "VP8 " -> {
                require(body.limit() >= 10);
                picture = size(body.getShort(6) & 0x3fff, body.getShort(8) & 0x3fff);
            }
            case "VP8L" -> {
                require(body.limit() >= 5);
                int bits = body.getInt(1);
                picture = size(1 + (bits & 0x3fff), 1 + (bits >>> 14 & 0x3fff));
            }
            case "EXIF" -> orientation = Orientation.of(tiff(body));
            case "ANIM", "ANMF" ->
                throw new UnreadablePictureException(
                        "is an animated WebP picture, of which none is the one",
                        "save the one that is meant by itself");
            default -> {
                return;
            }
        }
    }

    /** Some writers put the mark before it that JPEG files have. */
    private static ByteBuffer tiff(ByteBuffer exif) {
        boolean isMarked = exif.limit() >= 6 && exif.getInt(0) == 0x66697845 && exif.getShort(4) == 0;
        return isMarked ? exif.slice(6, exif.limit() - 6) : exif;
    }

    private static long size(int width, int height) {
        return ((long) width << 32) | height;
    }

    private long length(int at) throws UnreadablePictureException {
        require(at + 4 <= in.limit());
        return Integer.toUnsignedLong(in.getInt(at));
    }

    private String text(int at) {
        return new String(in.array(), at, 4, StandardCharsets.ISO_8859_1);
    }

    private static void require(boolean isSo) throws UnreadablePictureException {
        if (!isSo) {
            throw new UnreadablePictureException(
                    "is a damaged or truncated WEBP file", "get it again from its source, or remove it");
        }
    }
}
