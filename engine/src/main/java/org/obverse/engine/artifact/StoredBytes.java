package org.obverse.engine.artifact;

import java.io.IOException;
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
    }
}
