package org.obverse.cli.report.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.obverse.engine.record.Raster;

/** Pixels under construction, {@code 0xAARRGGBB}. */
public final class Canvas {
    public static final int CLEAR = 0;
    public static final int WHITE = 0xFFFFFFFF;
    private static final int OPAQUE = 0xFF000000;

    private final BufferedImage pixels;

    public Canvas(int width, int height, int background) {
        pixels = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels.setRGB(x, y, background);
            }
        }
    }

    /** Every pixel of the image as a square of {@code scale} pixels. */
    public void draw(Raster image, int left, int top, int scale) {
        for (int y = 0; y < image.height() * scale; y++) {
            for (int x = 0; x < image.width() * scale; x++) {
                pixels.setRGB(left + x, top + y, OPAQUE | image.rgb(x / scale, y / scale));
            }
        }
    }

    /** A line of text in the built-in font, {@link Glyphs#HEIGHT} times {@code scale} pixels high. */
    public void write(String text, int left, int top, int scale, int colour) {
        for (int i = 0; i < text.length(); i++) {
            for (int y = 0; y < Glyphs.HEIGHT * scale; y++) {
                for (int x = 0; x < Glyphs.WIDTH * scale; x++) {
                    int column = left + i * Glyphs.ADVANCE * scale + x;
                    if (column < pixels.getWidth() && Glyphs.isInk(text.charAt(i), x / scale, y / scale)) {
                        pixels.setRGB(column, top + y, OPAQUE | colour);
                    }
                }
            }
        }
    }

    public byte[] png() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            if (!ImageIO.write(pixels, "png", out)) {
                throw new IllegalStateException("every Java writes PNG files");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return file.toByteArray();
    }
}
