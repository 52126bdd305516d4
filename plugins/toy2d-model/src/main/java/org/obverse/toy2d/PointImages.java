package org.obverse.toy2d;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.data.Images;
import org.obverse.reference.random.GaussianBlobs.Point;

/** Points as images. */
record PointImages(List<Point> points) implements Images {
    PointImages {
        points = List.copyOf(points);
    }

    @Override
    public int size() {
        return points.size();
    }

    @Override
    public Shape shape() {
        return Plane.SHAPE;
    }

    @Override
    public int label(int index) {
        return points.get(index).label();
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        float[] images = new float[2 * indices.length];
        for (int i = 0; i < indices.length; i++) {
            Point point = points.get(indices[i]);
            images[2 * i] = (float) point.x() / Plane.EXTENT;
            images[2 * i + 1] = (float) point.y() / Plane.EXTENT;
        }
        return manager.create(images, new Shape(indices.length, 2));
    }
}
