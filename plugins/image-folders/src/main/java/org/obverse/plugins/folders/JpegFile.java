package org.obverse.plugins.folders;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A JPEG file without the segments that would make Java's reader convert colours: what is left is decoded as libjpeg does it, and
 * hence Pillow. Profiles, thumbnails and comments go; a file without any mark of its colours gets the JFIF header that libjpeg
 * assumes, where Java's reader would take unsampled YCbCr for RGB.
 */
final class JpegFile {
    private static final byte[] JFIF = {
        (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;
    private static final int START_OF_SCAN = 0xda;

    private final byte[] file;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean marked;
    private int transform = -1;
    private int components;
    private Orientation orientation = Orientation.UPRIGHT;

    private JpegFile(byte[] file) {
        this.file = file;
    }

    /**
     * @throws UnreadablePictureException if the segments before the pixels are damaged, or of a kind that is not read
     */
    static JpegFile of(byte[] file) throws UnreadablePictureException {
        JpegFile jpeg = new JpegFile(file);
        jpeg.kept.write(file, 0, 2);
        int at = marker(file, 2);
        while ((file[at] & 0xff) != START_OF_SCAN) {
            int length = length(file, at);
            jpeg.segment(at, length, ByteBuffer.wrap(file, at + 3, length - 2).slice());
            at = marker(file, at + 1 + length);
        }
        if (jpeg.components == 0) {
            throw damaged();
        }
        jpeg.kept.write(file, at - 1, file.length - at + 1);
        return jpeg;
    }

    private void segment(int at, int length, ByteBuffer body) throws UnreadablePictureException {
        int code = file[at] & 0xff;
        boolean keep = code < APP0 || (code > APP15 && code != COMMENT);
        if (isFrame(code)) {
            frame(body);
        } else if (code == APP0 && begins(body, "JFIF\0")) {
            marked = true;
            keep = true;
        } else if (code == APP14 && begins(body, "Adobe") && body.limit() >= 12) {
            marked = true;
            keep = true;
            transform = body.get(11);
        } else if (code == APP1 && begins(body, "Exif\0\0")) {
            orientation = Orientation.of(body.slice(6, body.limit() - 6));
        }
        if (keep) {
            kept.write(file, at - 1, length + 2);
        }
    }

    /** The header of the frame: bits, size, number of channels, then three bytes for each, of which the first is its name. */
    private void frame(ByteBuffer frame) throws UnreadablePictureException {
        if (frame.limit() < 6 || frame.limit() < 6 + 3 * frame.get(5)) {
            throw damaged();
        }
        if (frame.get(0) != 8) {
            throw new UnreadablePictureException(
                    "is a JPEG file of " + frame.get(0) + " bits per channel, which Java does not read",
                    "save it with 8 bits per channel");
        }
        components = frame.get(5);
        if (components != 1 && components != 3 && components != 4) {
            throw new UnreadablePictureException(
                    "is a JPEG file of " + components + " channels, which are neither grey, RGB nor CMYK",
                    "replace or remove it");
        }
        marked |= components == 3 && frame.get(6) == 'R' && frame.get(9) == 'G' && frame.get(12) == 'B';
    }

    /** The place of the next marker's code. */
    private static int marker(byte[] file, int from) throws UnreadablePictureException {
        int at = from;
        while (at < file.length && file[at] != (byte) 0xff) {
            at++;
        }
        while (at < file.length && file[at] == (byte) 0xff) {
            at++;
        }
        if (at + 2 >= file.length) {
            throw damaged();
        }
        return at;
    }

    private static int length(byte[] file, int at) throws UnreadablePictureException {
        int length = ((file[at + 1] & 0xff) << 8) | (file[at + 2] & 0xff);
        if (length < 2 || at + 1 + length > file.length) {
            throw damaged();
        }
        return length;
    }

    private static boolean isFrame(int code) {
        return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
    }

    private static boolean begins(ByteBuffer body, String text) {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        return body.limit() >= expected.length && body.slice(0, expected.length).equals(ByteBuffer.wrap(expected));
    }

    private static UnreadablePictureException damaged() {
        return new UnreadablePictureException(
                "is a damaged or truncated JPEG file", "get it again from its source, or remove it");
    }

    /** What is to be decoded. */
    byte[] bytes() {
        byte[] segments = kept.toByteArray();
        if (marked || components != 3) {
            return segments;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(segments.length + JFIF.length);
        whole.write(segments, 0, 2);
        whole.writeBytes(JFIF);
        whole.write(segments, 2, segments.length - 2);
        return whole.toByteArray();
    }

    /** 1, 3 or 4. */
    int components() {
        return components;
    }

    /** That of an Adobe segment: 2 if four components are YCCK; −1 without such a segment. */
    int transform() {
        return transform;
    }

    Orientation orientation() {
        return orientation;
    }
}
