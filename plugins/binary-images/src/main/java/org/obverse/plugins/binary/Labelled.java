package org.obverse.plugins.binary;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Images with their labels, in the order of their files.
 *
 * @param blocks images of one shape; at least one block
 * @param labels of all of them, 0 or more
 */
record Labelled(List<ImageBlock> blocks, List<Integer> labels) {
    Labelled {
        blocks = List.copyOf(blocks);
        labels = List.copyOf(labels);
    }

    /** The shape of an image, {@code [C, H, W]}. */
    Shape shape() {
        return blocks.get(0).image();
    }

    int largest() {
        return labels.stream().mapToInt(label -> label).max().orElse(-1);
    }

    /** The first class of which there is no image. */
    OptionalInt absent(int classes) {
        return IntStream.range(0, classes)
                .filter(label -> !labels.contains(label))
                .findFirst();
    }

    /**
     * The first images of each class.
     *
     * @param most of each class; 0 for all
     */
    BinaryImages firstOfEachClass(int most) {
        int[] taken = new int[largest() + 1];
        List<Integer> positions = IntStream.range(0, labels.size())
                .filter(i -> taken[labels.get(i)]++ < most || most == 0)
                .boxed()
                .toList();
        return new BinaryImages(
                blocks, positions, positions.stream().map(labels::get).toList());
    }
}
