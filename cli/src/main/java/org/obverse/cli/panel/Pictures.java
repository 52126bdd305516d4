package org.obverse.cli.panel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.obverse.cli.report.picture.Canvas;
import org.obverse.cli.report.picture.Glyphs;
import org.obverse.engine.record.Raster;

/** What is drawn: picture A beside the four of B, at one scale. */
final class Pictures {
    /** How many pictures stand under B. */
    static final int BESIDE = 4;

    private static final int ROW = 2;
    private static final int SIDE = 192;
    private static final int LARGEST = 512;
    private static final int GAP = 8;
    private static final int BETWEEN = 48;
    private static final int LETTERS = 4;
    private static final int INK = 0x000000;

    private Pictures() {}

    /**
     * Images as pictures of 8 bits.
     *
     * @param images {@code [N, 3, H, W]}, or {@code [N, 1, H, W]} if they are grey, in [-1, 1]
     */
    static List<Raster> of(NDArray images) {
        Shape image = images.getShape().slice(1);
        int size = Math.toIntExact(image.size());
        float[] values = images.toFloatArray();
        List<Raster> pictures = new ArrayList<>();
        for (int from = 0; from < values.length; from += size) {
            pictures.add(Raster.of(values, from, image));
        }
        return pictures;
    }

    /**
     * A panel as a PNG file. Small pictures are enlarged by whole numbers, pixel by pixel, to about 192 pixels; of pictures wider than 512
     * pixels each pixel is the mean of what it covers.
     *
     * @param beside four pictures of A's size
     */
    static byte[] panel(Raster a, List<Raster> beside) {
        Raster left = a.atMost(LARGEST);
        int scale = Math.max(1, Math.round((float) SIDE / left.width()));
        int width = left.width() * scale;
        int height = left.height() * scale;
        int caption = GAP + Glyphs.HEIGHT * LETTERS + GAP;
        int right = GAP + width + BETWEEN;
        Canvas canvas = new Canvas(right + ROW * (width + GAP), caption + BESIDE / ROW * (height + GAP), Canvas.WHITE);
        canvas.write("A", GAP, GAP, LETTERS, INK);
        canvas.draw(left, GAP, caption, scale);
        canvas.write("B", right, GAP, LETTERS, INK);
        for (int i = 0; i < beside.size(); i++) {
            canvas.draw(
                    beside.get(i).atMost(LARGEST),
                    right + i % ROW * (width + GAP),
                    caption + i / ROW * (height + GAP),
                    scale);
        }
        return canvas.png();
    }
}
