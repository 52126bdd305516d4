package org.obverse.cli.report.picture;

import java.util.Arrays;
import org.obverse.engine.record.Raster;

/** Pixels under construction, {@code 0xAARRGGBB}. */
public final class Canvas {
    public static final int CLEAR = 0;
    public static final int WHITE = 0xFFFFFFFF;
    private static final int OPAQUE = 0xFF000000;

    private final int width;
    private final int height;
    private final int[] pixels;

    public Canvas(int width, int height, int background) {
        this.width = width;
        this.height = height;
        this.pixels = new int[width * height];
        Arrays.fill(pixels, background);
    }

    /** Every pixel of the image as a square of {@code scale} pixels. */
    public void draw(Raster image, int left, int top, int scale) {
        for (int y = 0; y < image.height() * scale; y++) {
            for (int x = 0; x < image.width() * scale; x++) {
                pixels[(top + y) * width + left + x] = OPAQUE | image.rgb(x / scale, y / scale);
            }
        }
    }

    /** A line of text in the built-in font, {@link Glyphs#HEIGHT} times {@code scale} pixels high. */
    public void write(String text, int left, int top, int scale, int colour) {
        for (int i = 0; i < text.length(); i++) {
            for (int y = 0; y < Glyphs.HEIGHT * scale; y++) {
                for (int x = 0; x < Glyphs.WIDTH * scale; x++) {
                    int column = left + i * Glyphs.ADVANCE * scale + x;
                    if (column < width && Glyphs.isInk(text.charAt(i), x / scale, y / scale)) {
                        pixels[(top + y) * width + column] = OPAQUE | colour;
                    }
                }
            }
        }
    }

    public byte[] png() {
        return Png.encode(width, height, pixels);
    }
}
