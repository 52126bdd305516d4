package org.obverse.engine.product;

import ai.djl.ndarray.NDScope;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
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
 * parts, by the bytes of their files or by their pixels: of the training and test part, of the pool where there are public images, and of these.
 *
 * <p>Of public images the pixels of at most 2,000 are compared, which lie equally far apart: to draw all of a rendered data set costs
 * as much as its first use. Where a share s of more is private, that is missed with the probability (1 − s)^2000, 2 % at s = 0.002. Files
 * are compared all.
 */
public final class DataSummary {
    private static final Logger LOG = LoggerFactory.getLogger(DataSummary.class);
    private static final int BATCH = 100;
    static final String HASH = "-sha256";
    static final String LEAKED = "private-in-public";
    private static final int MOST_PUBLIC = 2000;
    private static final Set<Part> HASHED = Set.of(Part.TRAINING, Part.TEST);
    /** Duplicates that are named one by one. */
    private static final int NAMED = 50;

    private final Dataset dataset;
    private final UnitLoan context;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<String, String> seen = new HashMap<>();
    private final Set<String> duplicates = new LinkedHashSet<>();
    private final Set<String> leaked = new LinkedHashSet<>();

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
        return dataset.parts().stream()
                .mapToLong(part -> (looked(part, dataset) + BATCH - 1) / BATCH)
                .sum();
    }

    /** Images of a part that are read; the pool only to be held against public ones. */
    private static int looked(Part part, Dataset dataset) {
        int size = dataset.images(part).size();
        return switch (part) {
            case TRAINING, TEST -> size;
            case POOL -> dataset.parts().contains(Part.PUBLIC) ? size : 0;
            case PUBLIC -> Math.min(MOST_PUBLIC, size);
        };
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
                    facts.put(name + HASH, hash(part, images));
                } else {
                    hash(part, images);
                }
            }
        }
        DataManifest manifest = DataManifest.of(dataset);
        duplicates.addAll(manifest.duplicates());
        leaked.addAll(manifest.leaked());
        if (!duplicates.isEmpty()) {
            facts.put("duplicates", String.valueOf(duplicates.size()));
            facts.put("duplicate-images", named(duplicates));
            LOG.warn("{} images of the data are in two parts: {}", duplicates.size(), named(duplicates));
        }
        if (!leaked.isEmpty()) {
            facts.put(LEAKED, named(leaked));
        }
    }

    private static String named(Set<String> pairs) {
        String named = pairs.stream().limit(NAMED).collect(Collectors.joining("; "));
        return named + (pairs.size() > NAMED ? "; and " + (pairs.size() - NAMED) + " more" : "");
    }

    private String hash(Part part, Images images) {
        MessageDigest digest = Sha256.digest();
        IntFunction<String> names = names(part);
        int count = looked(part, dataset);
        for (int from = 0; from < count; from += BATCH) {
            context.checkpoint();
            int[] indices = IntStream.range(from, Math.min(count, from + BATCH))
                    .map(i -> (int) ((long) i * images.size() / count))
                    .toArray();
            try (NDScope scope = new NDScope()) {
                ByteBuffer pixels = images.read(context.manager(), indices).toByteBuffer();
                int length = pixels.remaining() / indices.length;
                for (int i = 0; i < indices.length; i++) {
                    byte[] image = hash(pixels.slice(pixels.position() + i * length, length));
                    note(part, names.apply(indices[i]), HexFormat.of().formatHex(image));
                    if (HASHED.contains(part)) {
                        digest.update(image);
                        digest.update(ByteBuffer.allocate(4).putInt(0, images.label(indices[i])));
                    }
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

    /** The training part comes first, then the pool, which contains it, then the test part, and the public one last. */
    private void note(Part part, String name, String pixels) {
        String here = DataManifest.name(part) + " " + name;
        String before = seen.getOrDefault(pixels, "");
        if (part == Part.TRAINING || part == Part.POOL || before.isEmpty()) {
            unlessPublic(part, pixels, here);
        } else if (part == Part.PUBLIC) {
            duplicates.add(before + " = " + here);
            leaked.add(before + " = " + here);
        } else if (!before.startsWith(DataManifest.name(Part.TEST))) {
            duplicates.add(before + " = " + here);
        }
    }

    /** Public images among themselves are nobody's concern. */
    private void unlessPublic(Part part, String pixels, String here) {
        if (part != Part.PUBLIC) {
            seen.putIfAbsent(pixels, here);
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
