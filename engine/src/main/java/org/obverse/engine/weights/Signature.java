package org.obverse.engine.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.obverse.engine.artifact.SafetensorsHeader;

/** What a file's first bytes say of its format; all of a format's signature counts, never one byte of it. */
enum Signature {
    ZIP,
    TORCH_LEGACY,
    PICKLE,
    SAFETENSORS,
    /** A JSON object, as an index of shards is one. */
    JSON,
    STRANGER;

    private static final int HEAD = 64;
    private static final byte[] MEMBER = {'P', 'K', 3, 4};
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

    /** Pickles of a protocol that is not read yet are called that, but there will not be so many soon. */
    private static final int PROTOCOLS = 16;

    private static final int LEAST_PROTOCOL = 2;

    /** What is often renamed to weights, or fetched in their place, by what it begins with, in lower case. */
    private static final Map<String, String> STRANGERS = Map.of(
            "version https://git-lfs", "is a pointer of Git LFS to a file that was not fetched",
            "<!doctype", "is a web page or XML, not weights",
            "<html", "is a web page or XML, not weights",
            "<?xml", "is a web page or XML, not weights",
            "\u0093numpy", "is a single NumPy array, not an npz file",
            "\u0089hdf\r\n\u001a\n", "is an HDF5 file",
            "\u00ff\u00d8\u00ff", "is a JPEG picture",
            "\u0089png\r\n", "is a PNG picture",
            "\u001f\u008b\b", "is packed by gzip");

    static Signature of(ByteSource file) {
        ByteBuffer head = head(file);
        // The length of a safetensors header may look like the first bytes of anything, so it is asked first: in no
        // file of
        // another format do eight bytes that are such a length stand before a brace.
        if (head.limit() > Long.BYTES && head.get(Long.BYTES) == '{' && isHeaderLength(head.getLong(0))) {
            return SAFETENSORS;
        }
        if (begins(head, MEMBER) || begins(head, EMPTY_ZIP)) {
            return ZIP;
        }
        if (TorchStream.isAt(file)) {
            return TORCH_LEGACY;
        }
        if (head.limit() > 1
                && (head.get(0) & 0xff) == 0x80
                && head.get(1) >= LEAST_PROTOCOL
                && head.get(1) < PROTOCOLS) {
            return PICKLE;
        }
        return text(head).stripLeading().matches("(?s)\\{\\s*[\"}].*") ? JSON : STRANGER;
    }

    private static boolean isHeaderLength(long length) {
        return length >= 2 && length <= SafetensorsHeader.LONGEST;
    }

    private static boolean begins(ByteBuffer head, byte[] magic) {
        return head.limit() >= magic.length && head.slice(0, magic.length).equals(ByteBuffer.wrap(magic));
    }

    private static ByteBuffer head(ByteSource file) {
        return file.bytes(0, (int) Math.min(HEAD, file.length()));
    }

    private static String text(ByteBuffer head) {
        return StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
    }

    /** What a file that is not read seems to be, for files that were renamed or never fully fetched. */
    static String stranger(ByteSource file) {
        String text = text(head(file));
        String lower = text.stripLeading().toLowerCase(Locale.ROOT);
        return STRANGERS.entrySet().stream()
                .filter(entry -> lower.startsWith(entry.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("is of no known format: it has "
                        + (text.length() < HEAD ? text.length() + "" : HEAD + " or more")
                        + " bytes and begins with '" + Place.shown(text.substring(0, Math.min(8, text.length())))
                        + "'");
    }
}
