package org.obverse.cli.report.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** PNG files (ISO/IEC 15948), written here so that a report needs no graphics system. */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte EIGHT_BITS = 8;
    private static final byte WITH_ALPHA = 6;
    private static final byte PAETH = 4;
    private static final int CHANNELS = 4;

    private Png() {}

    /**
     * @param pixels {@code 0xAARRGGBB}, row by row
     */
    static byte[] encode(int width, int height, int[] pixels) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        chunk(
                file,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(EIGHT_BITS)
                        .put(WITH_ALPHA)
                        .array());
        chunk(file, "IDAT", compressed(filtered(width, height, pixels)));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    private static byte[] filtered(int width, int height, int[] pixels) {
        int stride = width * CHANNELS;
        byte[] above = new byte[stride];
        ByteBuffer rows = ByteBuffer.allocate(height * (1 + stride));
        for (int y = 0; y < height; y++) {
            byte[] row = new byte[stride];
            for (int x = 0; x < width; x++) {
                int pixel = pixels[y * width + x];
                ByteBuffer.wrap(row, x * CHANNELS, CHANNELS).putInt(Integer.rotateLeft(pixel, 8));
            }
            rows.put(PAETH);
            for (int i = 0; i < stride; i++) {
                int left = i < CHANNELS ? 0 : row[i - CHANNELS] & 0xFF;
                int corner = i < CHANNELS ? 0 : above[i - CHANNELS] & 0xFF;
                rows.put((byte) (row[i] - paeth(left, above[i] & 0xFF, corner)));
            }
            above = row;
        }
        return rows.array();
    }

    /** Section 9.4: whichever neighbour is nearest to {@code left + up - corner}. */
    private static int paeth(int left, int up, int corner) {
        int fromLeft = Math.abs(up - corner);
        int fromUp = Math.abs(left - corner);
        int fromCorner = Math.abs(left + up - 2 * corner);
        if (fromLeft <= fromUp && fromLeft <= fromCorner) {
            return left;
        }
        return fromUp <= fromCorner ? up : corner;
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }
}
