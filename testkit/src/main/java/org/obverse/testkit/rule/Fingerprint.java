package org.obverse.testkit.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A digest of everything that was seen of a component: two that differ show that something observable changed. */
final class Fingerprint {
    private static final long LARGE = 1 << 14;

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Fingerprint text(Object value) {
        byte[] bytes = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
        return this;
    }

    Fingerprint numbers(double... values) {
        ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES * values.length);
        for (double value : values) {
            buffer.putDouble(value);
        }
        digest.update(buffer.array());
        return this;
    }

    /** Of a large array a sum and evenly spaced entries, which is much faster and as good at telling two apart. */
    Fingerprint array(NDArray array) {
        if (array.size() <= LARGE) {
            return values(Snapshot.Values.of(array));
        }
        try (NDScope scope = new NDScope()) {
            text(array.getShape());
            values(Snapshot.Values.of(array.flatten().get(new NDIndex("::{}", array.size() / LARGE + 1))));
            return values(Snapshot.Values.of(array.sum()));
        }
    }

    Fingerprint values(Snapshot.Values values) {
        return text(values.shape()).numbers(values.values());
    }

    Fingerprint arrays(Map<String, NDArray> arrays) {
        new TreeMap<>(arrays).forEach((name, array) -> text(name).array(array));
        return this;
    }

    Fingerprint candidates(Snapshot candidates) {
        text(candidates.form()).text(candidates.classes());
        candidates.scores().forEach(this::numbers);
        new TreeMap<>(candidates.variables())
                .forEach((name, values) -> text(name).values(values));
        new TreeMap<>(candidates.curves()).forEach((name, rows) -> text(name).curve(rows));
        return this;
    }

    private void curve(List<float[]> rows) {
        for (float[] row : rows) {
            for (float value : row) {
                numbers(value);
            }
        }
    }

    String end() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
