package org.obverse.engine.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The members of a zip file (APPNOTE 6.3, with its 64-bit records), from its directory. Everything that the directory claims is
 * held against the file: places, overlaps, and sizes after unpacking.
 */
final class ZipMembers {
    private static final int MEMBER = 0x04034b50;
    private static final int ENTRY = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR_LENGTH = 20;
    private static final int END_64_LENGTH = 56;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final long IN_64 = 0xffffffffL;

    private final Place place;
    private final ByteSource file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, ByteSource> members = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();

    private ZipMembers(Place place, ByteSource file) {
        this.place = place;
        this.file = file;
    }

    static ZipMembers of(Place place, ByteSource file) {
        ZipMembers zip = new ZipMembers(place, file);
        zip.readDirectory();
        zip.locateMembers();
        return zip;
    }

    /** By name, in the directory's order. */
    Map<String, ByteSource> all() {
        return Collections.unmodifiableMap(members);
    }

    /** Reads all members, and refuses one that has not the check sum that the directory says. */
    void requireSound() {
        entries.forEach(this::requireSound);
    }

    /**
     * The content of a member, read once to compare its check sum. torch can be told to compute none
     * ({@code torch.serialization.set_crc32_options}), and writes 0.
     */
    ByteSource sound(String name) {
        Entry entry = Objects.requireNonNull(entries.get(name));
        if (entry.crc() != 0 && read.add(name)) {
            requireSound(name, entry);
        }
        return Objects.requireNonNull(members.get(name));
    }

    private void requireSound(String name, Entry entry) {
        CRC32 found = new CRC32();
        ByteSource content = Objects.requireNonNull(members.get(name));
        try {
            content.transfer(0, content.length(), found::update);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if ((int) found.getValue() != entry.crc()) {
            throw place.in(Place.shown(name))
                    .refused("has the check sum %08x, and the zip file says %08x: it is damaged"
                            .formatted(found.getValue(), entry.crc()));
        }
    }

    private void locateMembers() {
        TreeMap<Long, Long> taken = new TreeMap<>();
        entries.forEach((name, entry) -> {
            long from = contentStart(name, entry);
            if (entry.packed() > 0 && taken.put(from, from + entry.packed()) != null) {
                throw place.refused("two members of the zip file share their bytes");
            }
            members.put(name, content(name, entry, from));
        });
        long end = 0;
        for (Map.Entry<Long, Long> range : taken.entrySet()) {
            if (range.getKey() < end) {
                throw place.refused("two members of the zip file share their bytes");
            }
            end = range.getValue();
        }
    }

    private record Entry(int method, int crc, long packed, long length, long offset) {}

    private record Directory(long from, long length, long count) {}

    private void readDirectory() {
        Directory directory = locate();
        if (directory.count() > Limits.ZIP_MEMBERS
                || directory.length() < 0
                || directory.length() > Limits.ZIP_DIRECTORY
                || directory.from() < 0
                || directory.from() > file.length() - directory.length()) {
            throw place.refused("has a zip directory of " + directory.count() + " members and " + directory.length()
                    + " bytes at byte " + directory.from() + ", which is impossible or beyond the limits");
        }
        ByteBuffer bytes = file.bytes(directory.from(), (int) directory.length());
        for (long i = 0; i < directory.count(); i++) {
            readEntry(directory, bytes);
        }
    }

    private Directory locate() {
        int tail = (int) Math.min(file.length(), END_LENGTH + LONGEST_COMMENT);
        ByteBuffer bytes = file.bytes(file.length() - tail, tail);
        for (int at = tail - END_LENGTH; at >= 0; at--) {
            if (bytes.getInt(at) == END && at + END_LENGTH + (bytes.getShort(at + 20) & 0xffff) == tail) {
                int count = bytes.getShort(at + 10) & 0xffff;
                long length = Integer.toUnsignedLong(bytes.getInt(at + 12));
                long from = Integer.toUnsignedLong(bytes.getInt(at + 16));
                boolean large = count == 0xffff || length == IN_64 || from == IN_64;
                return large ? locate64(file.length() - tail + at) : new Directory(from, length, count);
            }
        }
        throw place.refused("begins as a zip file and has no zip directory: it is truncated");
    }

    private Directory locate64(long end) {
        long locator = end - LOCATOR_LENGTH;
        if (locator >= 0) {
            ByteBuffer pointer = file.bytes(locator, LOCATOR_LENGTH);
            long at = pointer.getLong(8);
            if (pointer.getInt(0) == LOCATOR_64 && at >= 0 && at <= locator - END_64_LENGTH) {
                ByteBuffer record = file.bytes(at, END_64_LENGTH);
                if (record.getInt(0) == END_64 && record.getLong(32) >= 0) {
                    return new Directory(record.getLong(48), record.getLong(40), record.getLong(32));
                }
            }
        }
        throw place.refused("has a damaged zip directory");
    }

    private void readEntry(Directory directory, ByteBuffer bytes) {
        int at = bytes.position();
        if (bytes.remaining() < 46 || bytes.getInt(at) != ENTRY) {
            throw place.refusedAt(directory.from() + at, "has a damaged zip directory");
        }
        int nameLength = bytes.getShort(at + 28) & 0xffff;
        int extraLength = bytes.getShort(at + 30) & 0xffff;
        int rest = nameLength + extraLength + (bytes.getShort(at + 32) & 0xffff);
        if (bytes.remaining() - 46 < rest) {
            throw place.refusedAt(directory.from() + at, "has a damaged zip directory");
        }
        String name =
                StandardCharsets.UTF_8.decode(bytes.slice(at + 46, nameLength)).toString();
        ByteBuffer extra = bytes.slice(at + 46 + nameLength, extraLength).order(bytes.order());
        long[] sizes = {
            Integer.toUnsignedLong(bytes.getInt(at + 24)),
            Integer.toUnsignedLong(bytes.getInt(at + 20)),
            Integer.toUnsignedLong(bytes.getInt(at + 42))
        };
        widen(extra, sizes);
        Entry entry = new Entry(bytes.getShort(at + 10) & 0xffff, bytes.getInt(at + 16), sizes[1], sizes[0], sizes[2]);
        boolean encrypted = (bytes.getShort(at + 8) & 1) != 0;
        require(name, entry, encrypted);
        if (entries.put(name, entry) != null) {
            throw place.refused("has the zip member '" + Place.shown(name) + "' twice");
        }
        bytes.position(at + 46 + rest);
    }

    /** Takes length, packed length and offset, as far as 32 bits did not hold them, from the 64-bit record. */
    private static void widen(ByteBuffer extra, long[] sizes) {
        while (extra.remaining() >= 4) {
            int id = extra.getShort() & 0xffff;
            int length = Math.min(extra.getShort() & 0xffff, extra.remaining());
            if (id == 1) {
                ByteBuffer wide = extra.slice(extra.position(), length).order(extra.order());
                for (int i = 0; i < sizes.length; i++) {
                    if (sizes[i] == IN_64 && wide.remaining() >= 8) {
                        sizes[i] = wide.getLong();
                    }
                }
            }
            extra.position(extra.position() + length);
        }
    }

    private void require(String name, Entry entry, boolean encrypted) {
        String shown = "the zip member '" + Place.shown(name) + "' ";
        if (encrypted || (entry.method() != STORED && entry.method() != DEFLATED)) {
            throw place.refused(shown + "is encrypted or packed by something else than deflate");
        }
        if (entry.packed() < 0 || entry.packed() > file.length() || entry.length() < 0) {
            throw place.refused(shown + "claims " + entry.packed() + " bytes of a file of " + file.length());
        }
        if (entry.method() == STORED && entry.packed() != entry.length()) {
            throw place.refused(shown + "is not packed, yet its length changes");
        }
        if (entry.method() == DEFLATED
                && (entry.length() > Limits.UNPACKED || entry.length() > (entry.packed() + 1) * Limits.DEFLATE_RATIO)) {
            throw place.refused(shown + "claims to unpack " + entry.packed() + " bytes to " + entry.length()
                    + ", which is impossible or beyond the limit of " + Limits.UNPACKED);
        }
    }

    private long contentStart(String name, Entry entry) {
        if (entry.offset() < 0 || entry.offset() > file.length() - 30) {
            throw place.refused("the zip member '" + Place.shown(name) + "' lies outside of the file");
        }
        ByteBuffer header = file.bytes(entry.offset(), 30);
        int nameLength = header.getShort(26) & 0xffff;
        long from = entry.offset() + 30 + nameLength + (header.getShort(28) & 0xffff);
        if (header.getInt(0) != MEMBER || from > file.length() - entry.packed()) {
            throw place.refusedAt(
                    entry.offset(), "the zip member '" + Place.shown(name) + "' is not where the directory says");
        }
        ByteBuffer local = file.bytes(entry.offset() + 30, nameLength);
        if (!StandardCharsets.UTF_8.decode(local).toString().equals(name)) {
            throw place.refusedAt(entry.offset(), "the zip member '" + Place.shown(name) + "' has two names");
        }
        return from;
    }

    private ByteSource content(String name, Entry entry, long from) {
        ByteSource packed = file.slice(from, entry.packed());
        return entry.method() == STORED ? packed : new Inflated(place.in(Place.shown(name)), packed, entry.length());
    }
}
