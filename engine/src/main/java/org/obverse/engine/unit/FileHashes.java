package org.obverse.engine.unit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.weights.WeightFile;

/**
 * The contents of the files that configurations name, so that a result depends on what a file holds and not on what it is
 * called. Each is read once. An index of weights in several files stands for all of them. Weights that a plugin brings are part of the plugin's hash.
 */
public final class FileHashes {
    private final Path base;
    private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

    /**
     * @param base the folder to which file names in plans are relative
     */
    public FileHashes(Path base) {
        this.base = base;
    }

    /** The SHA-256 of the file at a location; nothing if there is no such file. */
    Optional<String> of(String location) {
        return known.computeIfAbsent(location, this::hash);
    }

    private Optional<String> hash(String location) {
        try {
            Path file = base.resolve(location);
            return Files.isRegularFile(file) ? Optional.of(withShards(file)) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + location, e);
        }
    }

    private static String withShards(Path file) throws IOException {
        Map<String, Path> shards = WeightFile.shards(file);
        if (shards.isEmpty()) {
            return Sha256.of(file);
        }
        StringBuilder hashes = new StringBuilder(Sha256.of(file));
        for (Map.Entry<String, Path> shard : shards.entrySet()) {
            hashes.append('\n').append(Sha256.of(shard.getValue())).append(' ').append(shard.getKey());
        }
        return Sha256.of(hashes.toString());
    }

    /** All that were asked for and exist, by location. */
    public Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        known.forEach((location, hash) -> hash.ifPresent(found -> all.put(location, found)));
        return all;
    }
}
