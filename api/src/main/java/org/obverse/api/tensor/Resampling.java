package org.obverse.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * A separable linear map of images: crops, antialiased bilinear resizes and flips, composed into one matrix per axis.
 *
 * <p>Applying it costs two batched matrix products, {@code R · x · Cᵀ}, whatever was composed, and is differentiable.
 * Resizing is torchvision's: half-pixel centres and a triangle filter that widens with the scale when shrinking, so that
 * {@code of(64, 64).centerCrop(50).resize(14, 14)} equals CenterCrop(50) and Resize(14, antialias) to about 1e-6.
 * Immutable.
 */
public final class Resampling {
    private final Axis rows;
    private final Axis columns;

    private Resampling(Axis rows, Axis columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Leaves images of this size as they are. */
    public static Resampling of(int height, int width) {
        return new Resampling(Axis.identity(height), Axis.identity(width));
    }

    /** Leaves images {@code [..., H, W]} as they are. */
    public static Resampling of(Shape image) {
        int axes = image.dimension();
        return of(Math.toIntExact(image.get(axes - 2)), Math.toIntExact(image.get(axes - 1)));
    }

    public int height() {
        return rows.size();
    }

    public int width() {
        return columns.size();
    }

    /** torchvision's CenterCrop: an offset of half the difference, rounded half to even; zeros around smaller images. */
    public Resampling centerCrop(int size) {
        return new Resampling(rows.centerCrop(size), columns.centerCrop(size));
    }

    /** Keeps a rectangle of the result so far. */
    public Resampling crop(Box box) {
        return new Resampling(rows.crop(box.top(), box.height()), columns.crop(box.left(), box.width()));
    }

    /** Resizes the result so far; a size that it already has changes nothing. */
    public Resampling resize(int height, int width) {
        return new Resampling(rows.resize(height), columns.resize(width));
    }

    /** torchvision's Resize with one number: the shorter side becomes {@code size}, the other keeps the proportion. */
    public Resampling resizeShorterSide(int size) {
        return height() <= width()
                ? resize(size, (int) ((long) size * width() / height()))
                : resize((int) ((long) size * height() / width()), size);
    }

    /** Mirrors left and right. */
    public Resampling flip() {
        return new Resampling(rows, columns.reverse());
    }

    /** The smallest rectangle of the images that the result depends on. */
    public Box window() {
        int top = rows.from();
        int left = columns.from();
        return new Box(top, left, rows.to() - top, columns.to() - left);
    }

    /**
     * The same map for images of which only a rectangle is there.
     *
     * @param box within the images, around {@link #window}
     * @throws IllegalArgumentException if the result depends on pixels outside
     */
    public Resampling within(Box box) {
        return new Resampling(rows.within(box.top(), box.height()), columns.within(box.left(), box.width()));
    }

    /**
     * The same map for every image.
     *
     * @param images {@code [N, C, H, W]}
     * @return {@code [N, C, height, width]}
     */
    public NDArray apply(NDArray images) {
        return applyEach(images, List.of(this));
    }

    /**
     * A map of its own for every image.
     *
     * @param images {@code [N, C, H, W]}
     * @param maps one per image, or one for all; all of one result size
     * @return {@code [N, C, height, width]}
     * @throws IllegalArgumentException if the numbers or sizes do not fit
     */
    public static NDArray applyEach(NDArray images, List<Resampling> maps) {
        long count = images.getShape().get(0);
        if (maps.size() != 1 && maps.size() != count) {
            throw new IllegalArgumentException(maps.size() + " maps for " + count + " images");
        }
        Axis.Window vertical = Axis.window(
                maps.stream().map(map -> map.rows).toList(), images.getShape().get(2));
        Axis.Window horizontal = Axis.window(
                maps.stream().map(map -> map.columns).toList(),
                images.getShape().get(3));
        NDArray seen = images.get(
                new NDIndex(":,:,{}:{},{}:{}", vertical.from(), vertical.to(), horizontal.from(), horizontal.to()));
        if (vertical.isIdentity() && horizontal.isIdentity()) {
            return seen;
        }
        NDArray left = vertical.matrices(images.getManager(), images.getDataType());
        NDArray right = horizontal.matrices(images.getManager(), images.getDataType());
        return left.matMul(seen).matMul(right.transpose(0, 1, 3, 2));
    }
}
