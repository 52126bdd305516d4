package org.obverse.engine.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes that stay where they are until they are asked for. */
sealed interface ByteSource permits ByteSource.File, ByteSource.Memory, ByteSource.Slice, Inflated, Latin1Text {
    /** Files up to this size are read at once. */
    long SMALL = 1 << 20;

    /** A file's bytes. */
    static ByteSource of(Path file) throws IOException {
        long length = Files.size(file);
        return length <= SMALL ? new Memory(ByteBuffer.wrap(Files.readAllBytes(file))) : new File(file, length);
    }

    long length();

    /**
     * Fills {@code target} with the bytes from {@code position} on.
     *
     * @throws UncheckedIOException if they cannot be read
     */
    void read(long position, ByteBuffer target);

    /** The {@code count} bytes from {@code from} on; the caller has checked that they exist. */
    default ByteSource slice(long from, long count) {
        return new Slice(this, from, count);
    }

    /** A copy of {@code count} bytes, little-endian. */
    default ByteBuffer bytes(long from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        read(from, bytes);
        return bytes.flip();
    }

    /** A file, opened for every read, so that nothing has to be closed. */
    record File(Path path, long length) implements ByteSource {
        @Override
        public void read(long position, ByteBuffer target) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                long next = position;
                while (target.hasRemaining()) {
                    int count = channel.read(target, next);
                    if (count < 0) {
                        throw new EOFException("the file ends early");
                    }
                    next += count;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Bytes in memory. */
    record Memory(ByteBuffer content) implements ByteSource {
        @Override
        public long length() {
            return content.limit();
        }

        @Override
        public void read(long position, ByteBuffer target) {
            int count = target.remaining();
            target.put(content.slice(Math.toIntExact(position), count));
        }
    }

    /** A part of another source. */
    record Slice(ByteSource whole, long from, long length) implements ByteSource {
        @Override
        public void read(long position, ByteBuffer target) {
            whole.read(from + position, target);
        }

        @Override
        public ByteSource slice(long offset, long count) {
            return new Slice(whole, from + offset, count);
        }
    }
}
