package org.obverse.engine.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Bytes that a zip file holds packed by deflate. They are unpacked whenever they are read, as far as they are needed.
 *
 * @param place of the member, for refusals
 * @param length that the zip file claims, which the caller has found possible
 */
record Inflated(Place place, ByteSource packed, long length) implements ByteSource {
    private static final int PIECE = 1 << 16;

    @Override
    public void read(long position, ByteBuffer target) {
        try {
            transfer(position, target.remaining(), target::put);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All in one pass, because each begins at the member's first byte. */
    @Override
    public void transfer(long from, long count, Sink sink) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            unpack(inflater, from, count, sink);
        } catch (DataFormatException e) {
            throw place.refused("cannot be unpacked (" + e.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }

    private void unpack(Inflater inflater, long from, long count, Sink sink) throws DataFormatException, IOException {
        byte[] skipped = new byte[PIECE];
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, count)).order(ByteOrder.LITTLE_ENDIAN);
        long toSkip = from;
        long left = count;
        long fed = 0;
        while (left > 0) {
            if (toSkip == 0) {
                block.limit((int) Math.min(block.capacity(), left));
            }
            int made =
                    toSkip > 0 ? inflater.inflate(skipped, 0, (int) Math.min(PIECE, toSkip)) : inflater.inflate(block);
            if (made == 0) {
                if (inflater.finished() || !inflater.needsInput() || fed >= packed.length()) {
                    throw place.refused("unpacks to fewer than the " + length + " bytes that it claims");
                }
                int next = (int) Math.min(PIECE, packed.length() - fed);
                inflater.setInput(packed.bytes(fed, next));
                fed += next;
            } else if (toSkip > 0) {
                toSkip -= made;
            } else if (!block.hasRemaining()) {
                left -= block.position();
                sink.take(block.flip());
                block.clear();
            }
        }
    }
}
