package org.obverse.plugins.faces;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Eight pictures of the renderer's prototype, a script for torch that vectorises over pictures and pixels in float32.
 *
 * <p>The file {@code prototype-faces.f32} holds little-endian floats: u [8, 45], then {@code render(u)} [8, 3, 32, 32],
 * {@code render(u[:3], align=0.4)} [3, 3, 32, 32] and {@code render(u[:1], S=48)} [1, 3, 48, 48]. The first six are
 * Φ(randn) of {@code torch.Generator().manual_seed(2024)}, with beard, moustache and glasses switched on in some; the
 * last two have every u = 0.02 and every u = 0.98.
 */
record PrototypeFaces(Rows u, Rows posed, Rows aligned, Rows large) {
    /** Vectors of equal length. */
    static final class Rows {
        private final float[][] rows;

        private Rows(ByteBuffer content, int count, int length) {
            rows = new float[count][length];
            for (float[] row : rows) {
                for (int i = 0; i < length; i++) {
                    row[i] = content.getFloat();
                }
            }
        }

        int count() {
            return rows.length;
        }

        float[] row(int index) {
            return rows[index].clone();
        }
    }

    static PrototypeFaces read() {
        try (InputStream stream = PrototypeFaces.class.getResourceAsStream("/prototype-faces.f32")) {
            if (stream == null) {
                throw new IllegalStateException("no test resource prototype-faces.f32");
            }
            ByteBuffer content = ByteBuffer.wrap(stream.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            return new PrototypeFaces(
                    new Rows(content, 8, FaceParameter.COUNT),
                    new Rows(content, 8, 3 * 32 * 32),
                    new Rows(content, 3, 3 * 32 * 32),
                    new Rows(content, 1, 3 * 48 * 48));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
