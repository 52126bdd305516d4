package org.obverse.plugins.folders;

import java.nio.ByteBuffer;

/** What Java's reader does not tell of a PNG file. */
final class PngFile {
    private static final int SIGNATURE = 8;
    private static final int EXIF = 0x65584966;
    private static final int DATA = 0x49444154;

    private PngFile() {}

    /** From the chunk eXIf, if it stands before the pixels, where Pillow writes it. */
    static Orientation orientation(byte[] file) throws UnreadablePictureException {
        ByteBuffer in = ByteBuffer.wrap(file);
        long at = SIGNATURE;
        while (at + 8 <= file.length) {
            int start = (int) at;
            int length = in.getInt(start);
            int type = in.getInt(start + 4);
            if (type == DATA || length < 0 || at + 8 + length > file.length) {
                return Orientation.UPRIGHT;
            }
            if (type == EXIF) {
                return Orientation.of(in.slice(start + 8, length));
            }
            at += 12L + length;
        }
        return Orientation.UPRIGHT;
    }
}
