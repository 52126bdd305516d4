package org.obverse.engine.weights;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Bytes that a zip file holds packed by deflate. They are unpacked whenever they are read, as far as they are needed.
 *
 * @param place of the member, for refusals
 * @param length that the zip file claims, which the caller has found possible
 */
record Inflated(Place place, ByteSource packed, long length) implements ByteSource {
    private static final int BLOCK = 1 << 16;

    @Override
    public void read(long position, ByteBuffer target) {
        Inflater inflater = new Inflater(true);
        try {
            unpack(inflater, position, target);
        } catch (DataFormatException e) {
            throw place.refused("cannot be unpacked (" + e.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }

    private void unpack(Inflater inflater, long position, ByteBuffer target) throws DataFormatException {
        byte[] block = new byte[BLOCK];
        long fed = 0;
        long skipped = position;
        while (target.hasRemaining()) {
            int count = inflater.inflate(block);
            if (count == 0) {
                if (inflater.finished() || !inflater.needsInput() || fed >= packed.length()) {
                    throw place.refused("unpacks to fewer than the " + length + " bytes that it claims");
                }
                int next = (int) Math.min(BLOCK, packed.length() - fed);
                inflater.setInput(packed.bytes(fed, next));
                fed += next;
            }
            int ignored = (int) Math.min(skipped, count);
            skipped -= ignored;
            target.put(block, ignored, Math.min(count - ignored, target.remaining()));
        }
    }
}
