package org.obverse.engine.weights;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that protocol 2 stores as the text whose Latin-1 encoding they are. The text, in UTF-8, stays in the file; where
 * every 65,536th byte begins is noted.
 */
final class Latin1Text implements ByteSource {
    private static final int BLOCK = 1 << 16;

    private final ByteSource utf8;
    private final long length;
    private final List<Long> starts;

    private Latin1Text(ByteSource utf8, long length, List<Long> starts) {
        this.utf8 = utf8;
        this.length = length;
        this.starts = starts;
    }

    /**
     * @param place of the text
     */
    static Latin1Text of(Place place, long at, ByteSource utf8) {
        List<Long> starts = new ArrayList<>();
        long count = 0;
        int lead = 0;
        for (long from = 0; from < utf8.length(); from += BLOCK) {
            ByteBuffer block = utf8.bytes(from, (int) Math.min(BLOCK, utf8.length() - from));
            for (int i = 0; i < block.limit(); i++) {
                int next = block.get(i) & 0xff;
                boolean continued = (next & 0xc0) == 0x80;
                if (continued != (lead != 0) || next > 0xc3 || next == 0xc0 || next == 0xc1) {
                    throw place.refusedAt(at, "a text that stands for bytes holds other characters than Latin-1's");
                }
                if (!continued) {
                    if (count % BLOCK == 0) {
                        starts.add(from + i);
                    }
                    count++;
                }
                lead = next > 0xc1 ? next : 0;
            }
        }
        if (lead != 0) {
            throw place.refusedAt(at, "a text that stands for bytes ends within a character");
        }
        return new Latin1Text(utf8, count, List.copyOf(starts));
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        if (!target.hasRemaining()) {
            return;
        }
        int start = Math.toIntExact(position / BLOCK);
        long skipped = position % BLOCK;
        long from = starts.get(start);
        int lead = 0;
        while (target.hasRemaining()) {
            ByteBuffer block = utf8.bytes(from, (int) Math.min(BLOCK, utf8.length() - from));
            from += block.limit();
            while (block.hasRemaining() && target.hasRemaining()) {
                int next = block.get() & 0xff;
                if (next > 0xc1) {
                    lead = next;
                } else {
                    int value = lead == 0 ? next : ((lead & 3) << 6) | (next & 0x3f);
                    lead = 0;
                    if (skipped > 0) {
                        skipped--;
                    } else {
                        target.put((byte) value);
                    }
                }
            }
        }
    }
}
