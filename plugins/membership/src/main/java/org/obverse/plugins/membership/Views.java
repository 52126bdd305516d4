package org.obverse.plugins.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * The views of each picture that models are asked about (Carlini et al. 2022, section VI-C): as it is first, then moved up, down and sideways
 * before a black border (-1), then all of these mirrored.
 *
 * @param shift by how many pixels, 0 for not at all
 * @param mirrored whether left and right are exchanged, too
 */
record Views(int shift, boolean mirrored) {
    private static final List<Integer> DIRECTIONS = List.of(0, -1, 1);
    private static final float BLACK = -1;

    /** 1, 2, 9 or 18. */
    int count() {
        return places() * (mirrored ? 2 : 1);
    }

    private int places() {
        return shift == 0 ? 1 : DIRECTIONS.size() * DIRECTIONS.size();
    }

    /**
     * One collection per view.
     *
     * @throws InvalidConfigurationException if the samples are no pictures, or too small to be moved
     */
    List<Images> of(Images images) {
        Shape shape = images.shape();
        if (count() > 1 && shape.dimension() != 3) {
            throw refusal("asks about moved or mirrored pictures, and a sample of these data has the shape " + shape);
        }
        if (shift > 0 && shift >= Math.min(shape.get(1), shape.get(2))) {
            throw refusal("moves pictures by %d pixels, and they have the shape %s".formatted(shift, shape));
        }
        return IntStream.range(0, count())
                .<Images>mapToObj(view -> new Seen(images, view))
                .toList();
    }

    private static InvalidConfigurationException refusal(String rule) {
        return new InvalidConfigurationException(
                new Problem("membership.attacks", "'lira' " + rule, "write shift: 0 and mirrored: false"));
    }

    private NDArray seen(NDArray images, int view) {
        NDArray turned = view < places() ? images : images.flip(3);
        int place = view % places();
        NDArray down = moved(turned, 2, DIRECTIONS.get(place / DIRECTIONS.size()) * shift);
        return moved(down, 3, DIRECTIONS.get(place % DIRECTIONS.size()) * shift);
    }

    /** Towards the end of an axis, or towards its start where {@code by} is negative. */
    private static NDArray moved(NDArray images, int axis, int by) {
        if (by == 0) {
            return images;
        }
        long size = images.getShape().get(axis);
        long from = Math.max(0, -by);
        long to = size - Math.max(0, by);
        NDArray kept = images.get(new NDIndex(axis == 2 ? ":, :, {}:{}" : ":, :, :, {}:{}", from, to));
        Shape shape = images.getShape();
        Shape edge = axis == 2
                ? new Shape(shape.get(0), shape.get(1), Math.abs(by), shape.get(3))
                : new Shape(shape.get(0), shape.get(1), shape.get(2), Math.abs(by));
        NDArray border = images.getManager().full(edge, BLACK, images.getDataType());
        return NDArrays.concat(by > 0 ? new NDList(border, kept) : new NDList(kept, border), axis);
    }

    private final class Seen implements Images {
        private final Images images;
        private final int view;

        Seen(Images images, int view) {
            this.images = images;
            this.view = view;
        }

        @Override
        public int size() {
            return images.size();
        }

        @Override
        public Shape shape() {
            return images.shape();
        }

        @Override
        public int label(int index) {
            return images.label(index);
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            return seen(images.read(manager, indices), view);
        }
    }
}
