package org.obverse.plugins.faces;

/**
 * A square picture under the painter's algorithm: each layer covers what lies below it. Everything is painted in face
 * coordinates, in which the head is upright and around the origin; edges are one pixel soft.
 */
final class Canvas {
    /** The origin of the face lies this far below the middle of the picture. */
    private static final double FACE_CENTER = 0.06;

    private final int side;
    private final double pixel;
    private final double[] x;
    private final double[] y;
    private final double[] red;
    private final double[] green;
    private final double[] blue;

    /**
     * A canvas of side × side pixels for a head in the pose of {@code face}, filled with its background. Pixel centres
     * lie at X, Y = (i + ½)/side·2 − 1; face coordinates are those, shifted, scaled and turned back.
     */
    Canvas(int side, FaceValues face) {
        this.side = side;
        pixel = 2.0 / side;
        x = new double[side * side];
        y = new double[side * side];
        red = new double[side * side];
        green = new double[side * side];
        blue = new double[side * side];
        double scale = face.of(FaceParameter.SCALE);
        double cos = Math.cos(face.of(FaceParameter.ROTATION));
        double sin = Math.sin(face.of(FaceParameter.ROTATION));
        Color background = face.background();
        for (int row = 0; row < side; row++) {
            double pictureY = (row + 0.5) * pixel - 1;
            Color shaded = background.times(1 + face.of(FaceParameter.BACKGROUND_GRADIENT) * pictureY);
            double uprightY = (pictureY - face.of(FaceParameter.SHIFT_Y) - FACE_CENTER) / scale;
            for (int column = 0; column < side; column++) {
                double pictureX = (column + 0.5) * pixel - 1;
                double uprightX = (pictureX - face.of(FaceParameter.SHIFT_X)) / scale;
                int i = row * side + column;
                x[i] = cos * uprightX + sin * uprightY;
                y[i] = cos * uprightY - sin * uprightX;
                red[i] = shaded.red();
                green[i] = shaded.green();
                blue[i] = shaded.blue();
            }
        }
    }

    /** How much of a pixel a shape covers: ½ − d/pixel, between 0 and 1. */
    Coverage coverage(Shape shape) {
        return (atX, atY) -> Math.max(0, Math.min(1, 0.5 - shape.distance(atX, atY) / pixel));
    }

    /** Paints a shape. */
    void paint(Shape shape, Color color) {
        paint(shape, color, 1);
    }

    /** Paints a shape through which the lower layers shine unless the opacity is 1. */
    void paint(Shape shape, Color color, double opacity) {
        if (opacity > 0) {
            cover(coverage(shape), color, opacity);
        }
    }

    /** Paints whatever part of each pixel is covered. */
    void cover(Coverage coverage, Color color, double opacity) {
        for (int i = 0; i < x.length; i++) {
            double alpha = opacity * coverage.at(x[i], y[i]);
            if (alpha > 0) {
                red[i] += (color.red() - red[i]) * alpha;
                green[i] += (color.green() - green[i]) * alpha;
                blue[i] += (color.blue() - blue[i]) * alpha;
            }
        }
    }

    /** Multiplies what a region covers by 1 + perX·x + perY·y, as light from one side does. */
    void light(Coverage region, double perX, double perY) {
        for (int i = 0; i < x.length; i++) {
            brighten(i, 1 + (perX * x[i] + perY * y[i]) * region.at(x[i], y[i]));
        }
    }

    /** Multiplies every pixel by the same factor. */
    void brighten(double factor) {
        for (int i = 0; i < x.length; i++) {
            brighten(i, factor);
        }
    }

    /** The picture [3, side, side], with 0 … 1 mapped to −1 … 1; light may have carried it beyond. */
    float[] pixels() {
        int area = side * side;
        float[] pixels = new float[3 * area];
        for (int i = 0; i < area; i++) {
            pixels[i] = (float) (2 * red[i] - 1);
            pixels[area + i] = (float) (2 * green[i] - 1);
            pixels[2 * area + i] = (float) (2 * blue[i] - 1);
        }
        return pixels;
    }

    private void brighten(int i, double factor) {
        red[i] *= factor;
        green[i] *= factor;
        blue[i] *= factor;
    }
}
