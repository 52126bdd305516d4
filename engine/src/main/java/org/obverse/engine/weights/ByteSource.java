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

    /** How many bytes are in memory at once while more than that pass through; whole elements of every type. */
    int BLOCK = 1 << 20;

    /** The bytes of a regular file, as many as it has now. */
    static ByteSource of(Path file) throws IOException {
        File whole = new File(file, Files.size(file));
        return whole.length() <= SMALL ? new Memory(whole.bytes(0, (int) whole.length())) : whole;
    }

    long length();

    /**
     * Fills {@code target} with the bytes from {@code position} on.
     *
     * @throws UncheckedIOException if they cannot be read
     */
    void read(long position, ByteBuffer target);

    /**
     * Passes bytes on block by block; every block but the last holds whole elements of every type.
     *
     * @throws UncheckedIOException if they cannot be read
     * @throws IOException if they cannot be taken
     */
    default void transfer(long from, long count, Sink sink) throws IOException {
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, count)).order(ByteOrder.LITTLE_ENDIAN);
        for (long next = 0; next < count; next += block.limit()) {
            block.clear().limit((int) Math.min(BLOCK, count - next));
            read(from + next, block);
            sink.take(block.flip());
        }
    }

    /** Where bytes go. */
    interface Sink {
        /**
         * @param block little-endian; its contents change when this returns
         */
        void take(ByteBuffer block) throws IOException;
    }

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
        public void transfer(long position, long count, Sink sink) throws IOException {
            whole.transfer(from + position, count, sink);
        }

        @Override
        public ByteSource slice(long offset, long count) {
            return new Slice(whole, from + offset, count);
        }
    }
}
