package org.obverse.engine.weights;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.RegularFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The index of a network whose tensors lie in several files beside it, as {@code model.safetensors.index.json}: {@code
 * weight_map} says for every tensor in which shard it is. Names and shards are held against each other in both directions.
 */
final class ShardIndex {
    private static final int LONGEST = 16 << 20;
    private static final int MOST_SHARDS = 1000;
    private static final String WHOLE = "give the index with all its shards, as they were downloaded";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Place place;
    private final Path file;

    private ShardIndex(Place place, Path file) {
        this.place = place;
        this.file = file;
    }

    /** Reads an index and what it points to. */
    static Contents read(Place place, Path file) throws IOException {
        return new ShardIndex(place, file).read();
    }

    /** The files that an index points to, by name; none for any other file and for an index that {@link #read} refuses. */
    static Map<String, Path> shards(Place place, Path file) throws IOException {
        if (Signature.of(ByteSource.of(file)) != Signature.JSON) {
            return Map.of();
        }
        try {
            ShardIndex index = new ShardIndex(place, file);
            return index.shards(index.homes());
        } catch (InvalidConfigurationException e) {
            return Map.of();
        }
    }

    private Map<String, Path> shards(Map<String, String> homes) {
        Map<String, Path> shards = new TreeMap<>();
        homes.forEach((tensor, shard) -> shards.computeIfAbsent(shard, name -> beside(tensor, name)));
        return shards;
    }

    private Contents read() throws IOException {
        Map<String, String> homes = homes();
        Map<String, Path> shards = shards(homes);
        if (shards.size() > MOST_SHARDS) {
            throw place.refused("names " + shards.size() + " shards, and at most " + MOST_SHARDS + " are read");
        }
        Map<String, StoredTensor> found = new LinkedHashMap<>();
        for (Map.Entry<String, Path> shard : shards.entrySet()) {
            found.putAll(shard(shard.getKey(), shard.getValue(), homes));
        }
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        homes.forEach((tensor, shard) -> {
            StoredTensor stored = found.get(tensor);
            if (stored == null) {
                throw place.refused(
                        "says that tensor '" + Place.shown(tensor) + "' is in '" + Place.shown(shard)
                                + "', which does not hold it",
                        WHOLE);
            }
            tensors.put(tensor, stored);
        });
        return Contents.of(WeightFormat.SHARDS, tensors, Map.of()).in(shards);
    }

    /** The tensors of one shard, each of which the index must place there. */
    private Map<String, StoredTensor> shard(String name, Path shard, Map<String, String> homes) throws IOException {
        String subject = place.file() + ", shard '" + Place.shown(name) + "'";
        if (Signature.of(ByteSource.of(shard)) == Signature.JSON) {
            throw place.refused("names '" + Place.shown(name) + "' as a shard, which is an index itself", WHOLE);
        }
        Map<String, StoredTensor> tensors = WeightFile.open(shard, subject).tensors();
        for (String tensor : tensors.keySet()) {
            String home = homes.get(tensor);
            if (!name.equals(home)) {
                throw place.refused(
                        "the shard '" + Place.shown(name) + "' holds tensor '" + Place.shown(tensor)
                                + "', which the index "
                                + (home == null ? "does not name" : "says to be in '" + Place.shown(home) + "'"),
                        WHOLE);
            }
        }
        return tensors;
    }

    private Path beside(String tensor, String shard) {
        boolean plain = !shard.isBlank()
                && !shard.equals(".")
                && !shard.equals("..")
                && shard.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
        try {
            if (plain) {
                Path found = file.resolveSibling(shard);
                return RegularFile.require(found, place.file() + ", shard '" + Place.shown(shard) + "'", WHOLE);
            }
        } catch (InvalidPathException e) {
            // It is refused below.
        }
        throw place.refused(
                "says that tensor '" + Place.shown(tensor) + "' is in '" + Place.shown(shard)
                        + "', which is no name of a file beside the index",
                "shards are files in the index's own folder");
    }

    private Map<String, String> homes() throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(RegularFile.read(file, LONGEST, place.file(), WHOLE));
        } catch (JacksonException e) {
            throw place.refused("begins as JSON and is none (" + e.getOriginalMessage() + ")", WHOLE);
        }
        JsonNode map = root.path("weight_map");
        if (!map.isObject()) {
            throw place.refused("is JSON without a weight_map, so it is no index of shards", WeightFile.FORMATS);
        }
        if (map.size() > Limits.TENSORS) {
            throw place.refused("names more than " + Limits.TENSORS + " tensors");
        }
        Map<String, String> homes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> named : map.properties()) {
            if (!named.getValue().isString()) {
                throw place.refused("does not say in which shard tensor '" + Place.shown(named.getKey()) + "' is");
            }
            homes.put(named.getKey(), named.getValue().stringValue());
        }
        return homes;
    }
}
