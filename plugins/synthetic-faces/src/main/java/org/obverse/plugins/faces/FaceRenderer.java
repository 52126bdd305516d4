package org.obverse.plugins.faces;

import java.util.function.DoubleSupplier;

/**
 * Draws faces of people who do not exist. A picture is a function of u in (0, 1)^45, one number per
 * {@link FaceParameter} in the order of that enumeration; with u = {@link Phi Φ}(z) and z standard normal, it is a
 * sample of the population. The same identity parameters with other nuisance parameters show the same person again.
 *
 * <p>Pictures are {@code [3, side, side]}, red, green, blue, in [−1, 1]. A renderer holds no state between pictures and
 * may be used by several threads.
 */
public final class FaceRenderer {
    private final int side;
    private final double align;

    /**
     * A renderer of pictures of side × side pixels.
     *
     * @param align shrinks the pose (shift, rotation, scale, yaw) towards the frontal one, by u → ½ + (u − ½)·align: 1
     *     leaves it as it is, 0 aligns all faces
     * @throws IllegalArgumentException if {@code side} is not positive or {@code align} is not in [0, 1]
     */
    public FaceRenderer(int side, double align) {
        if (side <= 0) {
            throw new IllegalArgumentException("the side of a picture must be positive, not " + side);
        }
        if (!(align >= 0 && align <= 1)) {
            throw new IllegalArgumentException("align must be in [0, 1], not " + align);
        }
        this.side = side;
        this.align = align;
    }

    /**
     * The picture of u, without noise.
     *
     * @throws IllegalArgumentException if u has not {@link FaceParameter#COUNT} elements
     */
    public float[] render(float[] u) {
        return clamped(paint(u));
    }

    /**
     * The picture of u, with noise of a standard deviation added to each of its values before they are brought back to
     * [−1, 1]. It takes 3·side² standard normal numbers, in the order of the values.
     *
     * @throws IllegalArgumentException if u has not {@link FaceParameter#COUNT} elements
     */
    public float[] render(float[] u, double deviation, DoubleSupplier gaussians) {
        float[] pixels = paint(u);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (pixels[i] + deviation * gaussians.getAsDouble());
        }
        return clamped(pixels);
    }

    private float[] paint(float[] u) {
        if (u.length != FaceParameter.COUNT) {
            throw new IllegalArgumentException(
                    "a face takes " + FaceParameter.COUNT + " parameters, but u has " + u.length);
        }
        FaceValues face = new FaceValues(u, align);
        Canvas canvas = new Canvas(side, face);
        Head head = new Head(face);
        head.paint(canvas);
        new Features(face).paint(canvas);
        head.light(canvas);
        head.paintFrontHair(canvas);
        canvas.brighten(face.of(FaceParameter.AMBIENT_LIGHT));
        return canvas.pixels();
    }

    private static float[] clamped(float[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Math.max(-1, Math.min(1, pixels[i]));
        }
        return pixels;
    }
}
