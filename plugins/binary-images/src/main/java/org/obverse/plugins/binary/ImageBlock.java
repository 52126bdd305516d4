package org.obverse.plugins.binary;

import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.obverse.api.data.FileBased.DataFile;

/**
 * The images of one file.
 *
 * @param name of the file
 * @param image the shape of an image, {@code [C, H, W]}
 * @param pixels image after image, row-major in that shape
 */
record ImageBlock(String name, Shape image, ByteBuffer pixels) {
    int size() {
        return pixels.capacity() / length();
    }

    /** Bytes of an image. */
    int length() {
        return Math.toIntExact(image.size());
    }

    /**
     * @param wanted the shape of the training images
     * @throws org.obverse.api.plugin.InvalidConfigurationException if these have another one
     */
    void requireShape(Shape wanted, BinaryFile file) {
        if (!image.equals(wanted)) {
            throw file.refusal(
                    "has images of %dx%d pixels, and those of the training file have %dx%d"
                            .formatted(image.get(1), image.get(2), wanted.get(1), wanted.get(2)),
                    "use files of one size");
        }
    }

    /** One entry per image: a file has so many that each counts as one of its own. */
    List<DataFile> files() {
        MessageDigest digest = sha256();
        int length = length();
        List<DataFile> files = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            digest.update(pixels.slice(i * length, length));
            files.add(new DataFile(name + "/" + i, length, HexFormat.of().formatHex(digest.digest())));
        }
        return files;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
