package org.obverse.engine.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
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
    public String save(String digest, Content content) {
        try {
            Files.createDirectories(inputs);
            Path made = inputs.resolveSibling(temporary(digest));
            try {
                String artifact = write(made, content);
                if (!isIntact(artifact)) {
                    Files.move(
                            made,
                            objects.resolve(artifact),
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                }
                writeWhole(inputs.resolve(digest), artifact.getBytes(StandardCharsets.UTF_8));
                return artifact;
            } finally {
                Files.deleteIfExists(made);
                removeWhole(objects.resolve(digest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store an artifact in " + objects, e);
        }
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
        writeWhole(file, Content.of(bytes));
    }

    /** As {@link #writeWhole(Path, byte[])}, piece by piece. */
    public static void writeWhole(Path file, Content content) throws IOException {
        Path temporary = file.toAbsolutePath().resolveSibling(temporary(String.valueOf(file.getFileName())));
        try {
            write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String temporary(String name) {
        return ".%s.%d.%d.tmp"
                .formatted(
                        name,
                        ProcessHandle.current().pid(),
                        Thread.currentThread().getId());
    }

    /** Returns the SHA-256 of what was written, which is then on the disk. */
    private static String write(Path file, Content content) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            content.write(Channels.newChannel(new DigestOutputStream(Channels.newOutputStream(channel), digest)));
            channel.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
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

        static Content of(byte[] bytes) {
            return channel -> {
                ByteBuffer remaining = ByteBuffer.wrap(bytes);
                while (remaining.hasRemaining()) {
                    channel.write(remaining);
                }
            };
        }
    }
}
