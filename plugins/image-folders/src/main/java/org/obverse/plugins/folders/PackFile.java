package org.obverse.plugins.folders;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Images of one length, one after the other, and behind them the CRC-32C of each. It is mapped, so it takes no heap; what is read is
 * held against its checksum each time, which costs a tenth of what making floats of it does.
 */
final class PackFile {
    /** Bytes that are mapped at once, at most. */
    private static final long WINDOW = 1 << 28;

    private final int imageBytes;
    private final List<MappedByteBuffer> windows;
    private final ByteBuffer checksums;

    private PackFile(int imageBytes, List<MappedByteBuffer> windows, ByteBuffer checksums) {
        this.imageBytes = imageBytes;
        this.windows = windows;
        this.checksums = checksums;
    }

    /** Whether a file may be one of so many images. */
    static boolean fits(Path file, int images, int imageBytes) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == length(images, imageBytes);
    }

    private static long length(int images, int imageBytes) {
        return (long) images * (imageBytes + Integer.BYTES);
    }

    static PackFile open(Path file, int images, int imageBytes) throws IOException {
        long pixels = (long) images * imageBytes;
        long window = (long) perWindow(imageBytes) * imageBytes;
        List<MappedByteBuffer> windows = new ArrayList<>();
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = 0; at < pixels; at += window) {
                windows.add(in.map(MapMode.READ_ONLY, at, Math.min(window, pixels - at)));
            }
            return new PackFile(imageBytes, windows, in.map(MapMode.READ_ONLY, pixels, (long) images * Integer.BYTES));
        }
    }

    /** Writes an image and its checksum; of different images by several threads at once. */
    static void write(FileChannel out, int index, byte[] image, int images) throws IOException {
        write(out, ByteBuffer.wrap(image), (long) index * image.length);
        ByteBuffer checksum =
                ByteBuffer.allocate(Integer.BYTES).putInt(checksum(image)).flip();
        write(out, checksum, (long) images * image.length + (long) index * Integer.BYTES);
    }

    private static void write(FileChannel out, ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            at += out.write(bytes, at);
        }
    }

    /**
     * Copies an image.
     *
     * @return whether it is what was written
     */
    boolean read(int index, byte[] to) {
        int perWindow = perWindow(imageBytes);
        windows.get(index / perWindow).get(index % perWindow * imageBytes, to, 0, imageBytes);
        return checksums.getInt(index * Integer.BYTES) == checksum(to);
    }

    private static int checksum(byte[] image) {
        CRC32C checksum = new CRC32C();
        checksum.update(image);
        return (int) checksum.getValue();
    }

    private static int perWindow(int imageBytes) {
        return (int) Math.max(1, WINDOW / imageBytes);
    }
}
