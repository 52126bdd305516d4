package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.obverse.api.data.Images;

/**
 * Images {@code [3, 8, 8]} of one colour each.
 *
 * @param colours red, green and blue in [-1, 1]
 * @param labels one per colour
 */
record Swatches(List<List<Double>> colours, List<Integer> labels) implements Images {
    static final Shape SHAPE = new Shape(3, 8, 8);
    private static final int PIXELS = 64;

    static Swatches none() {
        return new Swatches(List.of(), List.of());
    }

    /** These images and one more. */
    Swatches and(int label, double red, double green, double blue) {
        return new Swatches(append(colours, List.of(red, green, blue)), append(labels, label));
    }

    /** The same images in another order. */
    Swatches inOrder(int... order) {
        return new Swatches(
                Arrays.stream(order).mapToObj(colours::get).toList(),
                Arrays.stream(order).mapToObj(labels::get).toList());
    }

    NDArray all(NDManager manager) {
        return read(manager, IntStream.range(0, size()).toArray());
    }

    @Override
    public int size() {
        return labels.size();
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public int label(int index) {
        return labels.get(index);
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        float[] pixels = new float[indices.length * 3 * PIXELS];
        for (int i = 0; i < pixels.length; i++) {
            int image = indices[i / (3 * PIXELS)];
            pixels[i] = colours.get(image).get(i / PIXELS % 3).floatValue();
        }
        return manager.create(pixels, new Shape(indices.length).addAll(SHAPE));
    }

    private static <E> List<E> append(List<E> list, E element) {
        return Stream.concat(list.stream(), Stream.of(element)).toList();
    }
}
