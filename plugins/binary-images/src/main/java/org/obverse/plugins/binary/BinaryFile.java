package org.obverse.plugins.binary;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.obverse.api.plugin.InvalidConfigurationException;

/**
 * A file of many images or labels, as it is or compressed by gzip.
 *
 * @param place whose configuration leads to it
 * @param name without the ending of a compressed file
 */
record BinaryFile(Place place, String name, Path path) {
    static final String COMPRESSED = ".gz";

    private static final String GET_AGAIN = "get the file again";
    /** One file takes no more than a quarter of the memory: it is there twice while it is read, and another one is there already. */
    private static final int SHARE = 4;

    private static final long MEGABYTE = 1 << 20;

    /** What a file holds, read to its end. */
    record Contents(ByteBuffer head, ByteBuffer body) {}

    /**
     * Reads the file. What its head promises is held against its length before memory is taken for it.
     *
     * @param headLength in bytes
     * @param promised how many bytes follow the head, which may itself be refused
     * @throws InvalidConfigurationException if it cannot be read, or has not exactly these bytes
     */
    Contents read(int headLength, ToLongFunction<ByteBuffer> promised) {
        try (InputStream in = open()) {
            byte[] head = next(in, headLength);
            long length = promised.applyAsLong(ByteBuffer.wrap(head).asReadOnlyBuffer());
            requireLength(headLength + length);
            byte[] body = next(in, Math.toIntExact(length));
            if (in.read() >= 0) {
                throw refusal("goes on after the " + (headLength + length) + " bytes that it should have", GET_AGAIN);
            }
            return new Contents(ByteBuffer.wrap(head), ByteBuffer.wrap(body));
        } catch (EOFException e) {
            throw refusal("is truncated: " + e.getMessage(), GET_AGAIN);
        } catch (ZipException e) {
            throw refusal("is no whole gzip file (" + e.getMessage() + ")", GET_AGAIN);
        } catch (IOException e) {
            throw refusal("cannot be read (" + e + ")", "make it readable");
        }
    }

    private InputStream open() throws IOException {
        InputStream file = Files.newInputStream(path);
        try {
            return new BufferedInputStream(isCompressed() ? new GZIPInputStream(file) : file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private boolean isCompressed() {
        return path.toString().endsWith(COMPRESSED);
    }

    private void requireLength(long expected) throws IOException {
        if (!isCompressed() && length() != expected) {
            throw refusal(
                    "has %d bytes, and its head promises %d".formatted(length(), expected),
                    GET_AGAIN + ", and unpack it with nothing but gunzip");
        }
        long room = Runtime.getRuntime().maxMemory() / SHARE;
        if (expected > room) {
            throw refusal(
                    "promises %d MB of images, more than the %d that Java has room for"
                            .formatted(expected / MEGABYTE, room / MEGABYTE),
                    "start with a larger heap, such as OBVERSE_HEAP=4g");
        }
    }

    /** Takes no more memory than there are bytes, whatever is asked for. */
    private static byte[] next(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("it ends after %d of %d bytes".formatted(bytes.length, count));
        }
        return bytes;
    }

    /** In bytes, as it lies there. */
    long length() throws IOException {
        return Files.size(path);
    }

    /** A problem of this file. */
    InvalidConfigurationException refusal(String message, String wayOut) {
        return place.refusal(path, message, wayOut);
    }
}
