package org.obverse.engine.artifact;

import com.google.common.io.ByteStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes that are read where they are needed. */
sealed interface StoredBytes {
    long length() throws IOException;

    /** Fills what remains of a buffer with the bytes from a place on, and flips it. */
    void read(long from, ByteBuffer into) throws IOException;

    /** The bytes from a place on, at most so many; to be closed by the caller. */
    InputStream stream(long from, long count) throws IOException;

    /** Of a file. */
    record OfFile(Path file) implements StoredBytes {
        @Override
        public long length() throws IOException {
            return Files.size(file);
        }

        @Override
        public void read(long from, ByteBuffer into) throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (into.hasRemaining()) {
                    if (channel.read(into, from + into.position()) < 0) {
                        throw new IOException("the file ends early");
                    }
                }
            }
            into.flip();
        }

        @Override
        public InputStream stream(long from, long count) throws IOException {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(from);
            return ByteStreams.limit(in, count);
        }
    }

    /** Of an array, which nobody changes. */
    final class OfArray implements StoredBytes {
        private final byte[] bytes;

        OfArray(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void read(long from, ByteBuffer into) {
            into.put(bytes, Math.toIntExact(from), into.remaining()).flip();
        }

        @Override
        public InputStream stream(long from, long count) {
            return new ByteArrayInputStream(bytes, Math.toIntExact(from), Math.toIntExact(count));
        }
    }
}
