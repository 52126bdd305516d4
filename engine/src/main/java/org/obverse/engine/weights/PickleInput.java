package org.obverse.engine.weights;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads forward through a source, through a small window; large contents are skipped and stay where they are. */
final class PickleInput {
    private static final int WINDOW = 1 << 14;
    private static final int LONGEST_LINE = 256;

    private final ByteSource source;
    private final Place place;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long next;

    PickleInput(Place place, ByteSource source) {
        this.place = place;
        this.source = source;
    }

    long position() {
        return next - window.remaining();
    }

    long remaining() {
        return source.length() - position();
    }

    Place place() {
        return place;
    }

    int u8() {
        return need(1).get() & 0xff;
    }

    int u16() {
        return need(2).getShort() & 0xffff;
    }

    int i32() {
        return need(4).getInt();
    }

    long u32() {
        return Integer.toUnsignedLong(i32());
    }

    long i64() {
        return need(8).getLong();
    }

    /** Big-endian, as pickles hold it. */
    double f64() {
        return Double.longBitsToDouble(Long.reverseBytes(i64()));
    }

    /** A copy of the next bytes, at most {@value #WINDOW}. */
    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        need(count).get(bytes);
        return bytes;
    }

    /** A little-endian two's complement number of that many bytes; none of them is 0. */
    Value integer(long bytes) {
        if (bytes > Limits.INTEGER) {
            throw place.refusedAt(position(), "claims an integer of " + bytes + " bytes");
        }
        byte[] little = bytes((int) bytes);
        byte[] big = new byte[little.length + 1];
        big[0] = little.length > 0 && little[little.length - 1] < 0 ? (byte) -1 : 0;
        for (int i = 0; i < little.length; i++) {
            big[little.length - i] = little[i];
        }
        BigInteger value = new BigInteger(big);
        return value.bitLength() < Long.SIZE ? new Value.Whole(value.longValue()) : new Value.Huge(value.toString());
    }

    /** The next bytes, which stay where they are. */
    ByteSource skip(long count) {
        require(count);
        long from = position();
        if (count <= window.remaining()) {
            window.position(window.position() + (int) count);
        } else {
            next = from + count;
            window = ByteBuffer.allocate(0);
        }
        return source.slice(from, count);
    }

    /** Text up to a line feed. */
    String line() {
        byte[] line = new byte[LONGEST_LINE];
        for (int i = 0; i < line.length; i++) {
            line[i] = (byte) u8();
            if (line[i] == '\n') {
                return new String(line, 0, i, StandardCharsets.UTF_8);
            }
        }
        throw place.refusedAt(position(), "a name is longer than " + LONGEST_LINE + " bytes");
    }

    private void require(long count) {
        if (count < 0 || count > remaining()) {
            throw place.refusedAt(
                    position(), "claims " + Long.toUnsignedString(count) + " bytes, and " + remaining() + " are left");
        }
    }

    private ByteBuffer need(int count) {
        if (window.remaining() < count) {
            if (count > remaining()) {
                throw place.refusedAt(position(), "ends within a value: the file is truncated or damaged");
            }
            long from = position();
            int size = (int) Math.min(WINDOW, source.length() - from);
            window = source.bytes(from, size).order(ByteOrder.LITTLE_ENDIAN);
            next = from + size;
        }
        return window;
    }
}
