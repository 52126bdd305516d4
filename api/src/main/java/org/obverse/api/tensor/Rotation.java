package org.obverse.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Turns images about their centres, each by an angle of its own, bilinearly; what comes from outside an image is 0. */
public final class Rotation {
    private static final int CORNERS = 4;

    private Rotation() {}

    /**
     * Part of the graph if the thread is recording: indices and weights are constants, a turned image is a linear function of
     * its pixels.
     *
     * @param images {@code [N, C, H, W]}
     * @param degrees counterclockwise, one per image
     * @return {@code [N, C, H, W]}
     */
    public static NDArray apply(NDArray images, double... degrees) {
        Shape shape = images.getShape();
        int count = Math.toIntExact(shape.get(0));
        if (degrees.length != count) {
            throw new IllegalArgumentException(degrees.length + " angles for " + count + " images");
        }
        Corners corners = new Corners(count, Math.toIntExact(shape.get(2)), Math.toIntExact(shape.get(3)));
        for (int i = 0; i < count; i++) {
            corners.turn(i, Math.toRadians(degrees[i]));
        }
        NDArray pixels = images.reshape(count, shape.get(1), -1);
        NDArray sum = corners.weighted(pixels, 0);
        for (int corner = 1; corner < CORNERS; corner++) {
            sum = sum.add(corners.weighted(pixels, corner));
        }
        return sum.reshape(shape);
    }

    /** For each corner of the square around a source point, which pixel it is and what it contributes. */
    private static final class Corners {
        private final int count;
        private final int height;
        private final int width;
        private final long[][] indices;
        private final double[][] weights;

        Corners(int count, int height, int width) {
            this.count = count;
            this.height = height;
            this.width = width;
            this.indices = new long[CORNERS][count * height * width];
            this.weights = new double[CORNERS][count * height * width];
        }

        void turn(int image, double angle) {
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            double middleY = (height - 1) / 2.0;
            double middleX = (width - 1) / 2.0;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double right = x - middleX;
                    double down = y - middleY;
                    int at = (image * height + y) * width + x;
                    note(at, middleY + cos * down + sin * right, middleX + cos * right - sin * down);
                }
            }
        }

        private void note(int at, double fromY, double fromX) {
            int top = (int) Math.floor(fromY);
            int left = (int) Math.floor(fromX);
            for (int corner = 0; corner < CORNERS; corner++) {
                int y = top + corner / 2;
                int x = left + corner % 2;
                boolean inside = y >= 0 && y < height && x >= 0 && x < width;
                indices[corner][at] = inside ? (long) y * width + x : 0;
                weights[corner][at] = inside ? (1 - Math.abs(fromY - y)) * (1 - Math.abs(fromX - x)) : 0;
            }
        }

        NDArray weighted(NDArray pixels, int corner) {
            NDManager manager = pixels.getManager();
            Shape one = new Shape(count, 1, (long) height * width);
            NDArray index = manager.create(indices[corner], one)
                    .repeat(1, pixels.getShape().get(1));
            NDArray weight = manager.create(weights[corner], one).toType(pixels.getDataType(), false);
            return pixels.gather(index.toType(DataType.INT64, false), 2).mul(weight);
        }
    }
}
