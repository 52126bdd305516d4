package org.obverse.engine.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 in hexadecimal. */
public final class Sha256 {
    private static final int LENGTH = 32;
    private static final int BLOCK = 1 << 16;

    private Sha256() {}

    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return HexFormat.of().formatHex(digest(in, Long.MAX_VALUE));
        }
    }

    /** Whether the last 32 bytes of a file are the hash of all before them. */
    public static boolean isAtEndOf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] hash = digest(in, Files.size(file) - LENGTH);
            return Arrays.equals(hash, in.readAllBytes());
        }
    }

    private static byte[] digest(InputStream in, long length) throws IOException {
        MessageDigest digest = digest();
        byte[] block = new byte[BLOCK];
        long left = length;
        while (left > 0) {
            int read = in.read(block, 0, (int) Math.min(left, BLOCK));
            if (read < 0) {
                break;
            }
            digest.update(block, 0, read);
            left -= read;
        }
        return digest.digest();
    }

    /** A digest to feed piece by piece. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
