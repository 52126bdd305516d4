package org.obverse.engine.artifact;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * A file whose bytes lie somewhere and have a number. Opening or reading anything else (a FIFO, a device such as {@code
 * /dev/zero}, a socket) may never end, so it is told by its kind before it is opened. Links are followed; what counts is
 * where they lead.
 */
public final class RegularFile {
    private static final int KIND = 0170000;
    private static final int FIFO = 0010000;
    private static final int CHARACTERS = 0020000;
    private static final int BLOCKS = 0060000;
    private static final int SOCKET = 0140000;

    private RegularFile() {}

    /**
     * @param subject what to call the file in messages
     * @param wayOut what to name instead
     * @return the same path
     * @throws InvalidConfigurationException if it is no regular file
     */
    public static Path require(Path file, String subject, String wayOut) {
        String otherwise = otherwise(file);
        if (!otherwise.isEmpty()) {
            throw new InvalidConfigurationException(new Problem(subject, otherwise, wayOut));
        }
        return file;
    }

    /**
     * For a file of our own that may not be there yet, before it is opened.
     *
     * @throws InvalidConfigurationException if something else is in its place
     */
    public static void requireIfThere(Path file) {
        if (Files.exists(file)) {
            require(file, file.toString(), "remove it, and begin again: what is finished is kept");
        }
    }

    /**
     * All bytes of a small file.
     *
     * @param limit the most bytes that are read
     * @throws InvalidConfigurationException if it is no regular file or longer than that; nothing was read then
     * @throws IOException if it cannot be read, or became shorter
     */
    public static byte[] read(Path file, int limit, String subject, String wayOut) throws IOException {
        require(file, subject, wayOut);
        long length = Files.size(file);
        if (length > limit) {
            throw new InvalidConfigurationException(
                    new Problem(subject, "has " + length + " bytes, and at most " + limit + " are read", wayOut));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) length);
            if (bytes.length < length) {
                throw new EOFException("the file ends early");
            }
            return bytes;
        }
    }

    /** What a path is instead of a regular file; empty if it is one. */
    private static String otherwise(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            if (found.isRegularFile()) {
                return "";
            }
            return "is " + (found.isDirectory() ? "a folder" : kind(file)) + ", not a file";
        } catch (NoSuchFileException e) {
            boolean link = Files.isSymbolicLink(file);
            return link ? "is a link to something that is not there" : "there is no such file";
        } catch (FileSystemException e) {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    ? "leads to no file (" + e.getReason() + ")"
                    : "there is no such file";
        } catch (IOException e) {
            return "cannot be looked at (" + e.getMessage() + ")";
        }
    }

    private static String kind(Path file) throws IOException {
        try {
            int mode = (Integer) Files.getAttribute(file, "unix:mode");
            return switch (mode & KIND) {
                case FIFO -> "a FIFO";
                case CHARACTERS, BLOCKS -> "a device";
                case SOCKET -> "a socket";
                default -> "something else";
            };
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "a device or the like";
        }
    }
}
