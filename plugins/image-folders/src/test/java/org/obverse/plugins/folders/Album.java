package org.obverse.plugins.folders;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes pictures, all of one colour, and texts into a folder for a test. */
record Album(Path folder) {
    private static final int GREEN = 100;

    /** A picture of 6 x 4 pixels whose red is given. */
    Album picture(String name, int red) {
        BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 6; x++) {
                image.setRGB(x, y, (red << 16) | (GREEN << 8) | (10 * x));
            }
        }
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pictures 0.png, 1.png, … in a sub-folder, of redness first, first + 1, …. */
    Album person(String name, int pictures, int first) {
        for (int i = 0; i < pictures; i++) {
            picture(name + "/" + i + ".png", first + i);
        }
        return this;
    }

    Album text(String name, String text) {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Album bytes(String name, byte[] bytes) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
