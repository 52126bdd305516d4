package org.obverse.plugins.folders;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** Reads files of others: none that is a pipe or a device, which might never end, and no more than there is memory for. */
final class RegularFile {
    static final String NOT_ONE = "is neither a file nor a folder, but a pipe, a socket or a device";
    static final String WAY_OUT = "remove it";
    /** A list of CelebA has 5 MB, an annotation of Stanford Dogs 500 bytes. */
    private static final long MOST_TEXT = 1 << 26;

    private RegularFile() {}

    /** What a file is, or that it is none. */
    static void require(Path file) throws IOException, UnreadablePictureException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new UnreadablePictureException(NOT_ONE, WAY_OUT);
        }
    }

    /**
     * All bytes of a list or an annotation.
     *
     * @throws IOException also if it is no regular file, or larger than any such file is
     */
    static byte[] text(Path file) throws IOException {
        try {
            require(file);
        } catch (UnreadablePictureException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (Files.size(file) > MOST_TEXT) {
            throw new IOException(
                    "it has " + Files.size(file) + " bytes, more than the " + MOST_TEXT + " that are read");
        }
        return Files.readAllBytes(file);
    }

    /** The SHA-256 of a file of any length. */
    static String sha256(Path file) throws IOException, UnreadablePictureException {
        require(file);
        MessageDigest digest = Sha256.digest();
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        }
        return Sha256.digits(digest);
    }
}
