package org.obverse.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.engine.artifact.Sha256;

/** Describes a data set by its sizes and, for private images, a hash of every label and pixel. */
final class DataSummary {
    private static final int BATCH = 100;

    private DataSummary() {}

    static Product.Data of(Dataset dataset, UnitContext context) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("classes", String.valueOf(dataset.classes()));
        facts.put("shape", dataset.shape().toString());
        for (Part part : Part.values()) {
            if (dataset.parts().contains(part)) {
                Images images = dataset.images(part);
                String name = part.name().toLowerCase(Locale.ROOT);
                facts.put(name, String.valueOf(images.size()));
                if (part == Part.TRAINING || part == Part.TEST) {
                    facts.put(name + "-sha256", hash(images, context));
                }
            }
        }
        return new Product.Data(facts);
    }

    private static String hash(Images images, UnitContext context) {
        MessageDigest digest = Sha256.digest();
        for (int from = 0; from < images.size(); from += BATCH) {
            context.checkpoint();
            int[] indices =
                    IntStream.range(from, Math.min(images.size(), from + BATCH)).toArray();
            try (NDScope scope = new NDScope()) {
                NDArray pixels = images.read(context.manager(), indices);
                digest.update(pixels.toByteBuffer());
                for (int index : indices) {
                    digest.update(ByteBuffer.allocate(4).putInt(0, images.label(index)));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
