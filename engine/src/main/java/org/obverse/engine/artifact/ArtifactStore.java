package org.obverse.engine.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What units produced, stored once: a file is named by the SHA-256 of its bytes, and {@code inputs/<digest>} says which
 * file the unit of that digest produced. Files appear whole or not at all. Safe for several threads and processes.
 */
public final class ArtifactStore {
    /** SHA-256 in hexadecimal digits. */
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Path objects;
    private final Path inputs;
    private final AtomicBoolean cleaned = new AtomicBoolean();

    /**
     * @param objects the folder, made when the first artifact is stored
     */
    public ArtifactStore(Path objects) {
        this.objects = objects;
        this.inputs = objects.resolve("inputs");
    }

    /** The folder of all of it. */
    public Path folder() {
        return objects;
    }

    /**
     * Stores bytes.
     *
     * @param draft what an unfinished file is called, such as the digest of the unit that writes it
     */
    public Artifact save(String draft, Content content) {
        try {
            new DurableFolder(inputs).make();
            removeDead();
            try (Draft written = Draft.of(objects.resolve(draft))) {
                MessageDigest hash = Sha256.digest();
                written.write(channel -> content.write(
                        Channels.newChannel(new DigestOutputStream(Channels.newOutputStream(channel), hash))));
                String artifact = HexFormat.of().formatHex(hash.digest());
                if (!isIntact(artifact)) {
                    written.become(objects.resolve(artifact));
                }
                return artifact(artifact);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store an artifact in " + objects, e);
        }
    }

    /** Once, because it looks through folders that hold a file for every unit. */
    private void removeDead() throws IOException {
        if (!cleaned.getAndSet(true)) {
            Draft.removeAllDead(objects);
            Draft.removeAllDead(inputs);
        }
    }

    /** Says under the digest of a unit what it produced, after the artifact itself is stored. */
    public void refer(String digest, byte[] reference) {
        try {
            new DurableFolder(inputs).make();
            removeDead();
            write(referenceFile(digest), Content.of(reference));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write in " + inputs, e);
        }
    }

    /** The file of {@link #refer}, which may not exist. */
    public Path referenceFile(String digest) {
        return inputs.resolve(digest);
    }

    /** Whether a text can be a digest or an artifact's name; one that a damaged file holds may be no name of a file at all. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** What {@link #refer} wrote under a digest. */
    public Optional<byte[]> reference(String digest) {
        if (!isDigest(digest)) {
            return Optional.empty();
        }
        Path reference = referenceFile(digest);
        if (!Files.isRegularFile(reference)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(reference));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + reference, e);
        }
    }

    /** The digests under which anything was referred to, in ascending order. */
    public List<String> digests() {
        if (!Files.isDirectory(inputs)) {
            return List.of();
        }
        try (Stream<Path> references = Files.list(inputs)) {
            return references
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(ArtifactStore::isDigest)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + inputs, e);
        }
    }

    /** The artifact of this name, which may not exist. */
    public Artifact artifact(String sha256) {
        return new Artifact(sha256, objects.resolve(sha256));
    }

    /** Whether the file exists and hashes to its name. */
    public boolean isIntact(String artifact) {
        if (!isDigest(artifact)) {
            return false;
        }
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

    /**
     * Writes a file that exists with all its bytes, on the disk, or does not exist. What processes that were killed while they
     * wrote it left of it is removed.
     */
    public static void writeWhole(Path file, byte[] bytes) throws IOException {
        writeWhole(file, Content.of(bytes));
    }

    /** As {@link #writeWhole(Path, byte[])}, piece by piece. */
    public static void writeWhole(Path file, Content content) throws IOException {
        Draft.removeDead(file);
        write(file, content);
    }

    /**
     * As {@link #writeWhole(Path, Content)}, for many files of one folder, which is looked through once.
     *
     * @param files by their names
     */
    public static void writeWhole(Path folder, Map<String, Content> files) throws IOException {
        Draft.removeAllDead(folder);
        for (Map.Entry<String, Content> file : files.entrySet()) {
            write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static void write(Path file, Content content) throws IOException {
        try (Draft draft = Draft.of(file)) {
            draft.write(content);
            draft.become(file);
        }
    }

    /**
     * As {@link #writeWhole(Path, Content)}, but never in the place of another file.
     *
     * @throws FileAlreadyExistsException if there is something under that name, before anything is written
     */
    public static void writeNew(Path file, Content content) throws IOException {
        requireNew(file);
        Draft.removeDead(file);
        try (Draft draft = Draft.of(file)) {
            draft.write(content);
            draft.becomeNew(file);
        }
    }

    /**
     * @throws FileAlreadyExistsException if there is something under that name, be it a link that leads nowhere
     */
    public static void requireNew(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    /** Removes a file, and what processes that were killed while they wrote it left of it. */
    public static void removeWhole(Path file) throws IOException {
        Files.deleteIfExists(file);
        Draft.removeDead(file);
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
