package org.obverse.engine.product;

import ai.djl.ndarray.NDScope;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.lend.UnitLoan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Describes a data set: its sizes, a hash of every label and pixel of the training and test part, and which images are in two
 * parts, by the bytes of their files or by their pixels.
 */
public final class DataSummary {
    private static final Logger LOG = LoggerFactory.getLogger(DataSummary.class);
    private static final int BATCH = 100;
    private static final Set<Part> HASHED = Set.of(Part.TRAINING, Part.TEST);
    /** Duplicates that are named one by one. */
    private static final int NAMED = 50;

    private final Dataset dataset;
    private final UnitLoan context;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<String, String> seen = new HashMap<>();
    private final Set<String> duplicates = new LinkedHashSet<>();

    private DataSummary(Dataset dataset, UnitLoan context) {
        this.dataset = dataset;
        this.context = context;
    }

    public static Map<String, String> of(Dataset dataset, UnitLoan context) {
        DataSummary summary = new DataSummary(dataset, context);
        summary.describe();
        return summary.facts;
    }

    /** How many batches of images {@link #of} reads. */
    public static long steps(Dataset dataset) {
        return HASHED.stream()
                .filter(dataset.parts()::contains)
                .mapToLong(part -> (dataset.images(part).size() + BATCH - 1) / BATCH)
                .sum();
    }

    private void describe() {
        facts.put("classes", String.valueOf(dataset.classes()));
        if (!dataset.classNames().equals(Dataset.numbered(dataset.classes()))) {
            facts.put(MeasuredData.CLASS_NAMES, JsonMapper.shared().writeValueAsString(dataset.classNames()));
        }
        facts.put("shape", dataset.shape().toString());
        for (Part part : Part.values()) {
            if (dataset.parts().contains(part)) {
                Images images = dataset.images(part);
                String name = DataManifest.name(part);
                facts.put(name, String.valueOf(images.size()));
                if (HASHED.contains(part)) {
                    facts.put(name + "-sha256", hash(part, images));
                }
            }
        }
        DataManifest manifest = DataManifest.of(dataset);
        duplicates.addAll(manifest.duplicates());
        if (!duplicates.isEmpty()) {
            report(new ArrayList<>(duplicates));
        }
    }

    private void report(List<String> found) {
        String named = String.join("; ", found.subList(0, Math.min(NAMED, found.size())));
        String more = found.size() > NAMED ? "; and " + (found.size() - NAMED) + " more" : "";
        facts.put("duplicates", String.valueOf(found.size()));
        facts.put("duplicate-images", named + more);
        LOG.warn("{} images of the data are in two parts: {}{}", found.size(), named, more);
    }

    private String hash(Part part, Images images) {
        MessageDigest digest = Sha256.digest();
        IntFunction<String> names = names(part);
        for (int from = 0; from < images.size(); from += BATCH) {
            context.checkpoint();
            int[] indices =
                    IntStream.range(from, Math.min(images.size(), from + BATCH)).toArray();
            try (NDScope scope = new NDScope()) {
                ByteBuffer pixels = images.read(context.manager(), indices).toByteBuffer();
                int length = pixels.remaining() / indices.length;
                for (int i = 0; i < indices.length; i++) {
                    byte[] image = hash(pixels.slice(pixels.position() + i * length, length));
                    note(part, names.apply(indices[i]), HexFormat.of().formatHex(image));
                    digest.update(image);
                    digest.update(ByteBuffer.allocate(4).putInt(0, images.label(indices[i])));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] hash(ByteBuffer image) {
        MessageDigest digest = Sha256.digest();
        digest.update(image);
        return digest.digest();
    }

    /** The training part comes before the test part. */
    private void note(Part part, String name, String pixels) {
        String here = DataManifest.name(part) + " " + name;
        if (part == Part.TRAINING) {
            seen.putIfAbsent(pixels, here);
        } else if (seen.containsKey(pixels)) {
            duplicates.add(seen.get(pixels) + " = " + here);
        }
    }

    /** Images by their files, where they have any. */
    private IntFunction<String> names(Part part) {
        if (dataset instanceof FileBased based) {
            List<FileBased.DataFile> files = based.files(part);
            return index -> files.get(index).path();
        }
        return String::valueOf;
    }
}
