package org.obverse.engine.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What units produced, stored once: a file is named by the SHA-256 of its bytes, and {@code inputs/<digest>} says which
 * file the unit of that input digest produced. Files appear whole or not at all. Safe for several threads and processes.
 */
public final class ArtifactStore {
    private final Path objects;
    private final Path inputs;

    /**
     * @param objects the folder, made when the first artifact is stored
     */
    public ArtifactStore(Path objects) {
        this.objects = objects;
        this.inputs = objects.resolve("inputs");
    }

    /**
     * Stores a unit's product.
     *
     * @param digest of the unit's inputs
     * @return the SHA-256 of the bytes
     */
    public String save(String digest, byte[] bytes) {
        String artifact = Sha256.of(bytes);
        try {
            Files.createDirectories(inputs);
            if (!isIntact(artifact)) {
                writeWhole(objects.resolve(artifact), bytes);
            }
            writeWhole(inputs.resolve(digest), artifact.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store an artifact in " + objects, e);
        }
        return artifact;
    }

    /** The artifact of a unit with these inputs, if one is stored and its bytes are still those that were stored. */
    public Optional<String> find(String digest) {
        Path reference = inputs.resolve(digest);
        if (!Files.isRegularFile(reference)) {
            return Optional.empty();
        }
        try {
            String artifact = Files.readString(reference, StandardCharsets.UTF_8);
            return isIntact(artifact) ? Optional.of(artifact) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + reference, e);
        }
    }

    /** Whether the file exists and hashes to its name. */
    public boolean isIntact(String artifact) {
        Path file = objects.resolve(artifact);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try {
            return Sha256.of(file).equals(artifact);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Where a unit of this input digest may keep what it has so far; the file may not exist. */
    public Path unfinished(String digest) {
        return objects.resolve("unfinished").resolve(digest);
    }

    public TensorFile open(String artifact) {
        return TensorFile.open(objects.resolve(artifact));
    }

    /** Writes a file that exists with all its bytes, on the disk, or does not exist. */
    public static void writeWhole(Path file, byte[] bytes) throws IOException {
        writeWhole(file, channel -> {
            ByteBuffer remaining = ByteBuffer.wrap(bytes);
            while (remaining.hasRemaining()) {
                channel.write(remaining);
            }
        });
    }

    /** As {@link #writeWhole(Path, byte[])}, piece by piece. */
    public static void writeWhole(Path file, Content content) throws IOException {
        String name = ".%s.%d.%d.tmp"
                .formatted(
                        file.getFileName(),
                        ProcessHandle.current().pid(),
                        Thread.currentThread().getId());
        Path temporary = file.toAbsolutePath().resolveSibling(name);
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                content.write(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Removes a file, and what is left of it by processes that were killed while they wrote it. */
    public static void removeWhole(Path file) throws IOException {
        Files.deleteIfExists(file);
        Path folder = file.toAbsolutePath().resolveSibling("");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> torn = Files.newDirectoryStream(folder, "." + file.getFileName() + ".*.tmp")) {
            for (Path temporary : torn) {
                String[] name = temporary.getFileName().toString().split("\\.", -1);
                if (ProcessHandle.of(Long.parseLong(name[name.length - 3])).isEmpty()) {
                    Files.deleteIfExists(temporary);
                }
            }
        }
    }

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {
        void write(WritableByteChannel channel) throws IOException;
    }
}
