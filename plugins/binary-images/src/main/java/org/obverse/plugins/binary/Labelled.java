package org.obverse.plugins.binary;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

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
     * @param key that says how many
     * @param most of each class; 0 for all
     * @throws InvalidConfigurationException if a class has fewer
     */
    BinaryImages firstOfEachClass(String key, int most) {
        requireEnough(key, most);
        int[] taken = new int[largest() + 1];
        List<Integer> positions = IntStream.range(0, labels.size())
                .filter(i -> taken[labels.get(i)]++ < most || most == 0)
                .boxed()
                .toList();
        return new BinaryImages(
                blocks, positions, positions.stream().map(labels::get).toList());
    }

    private void requireEnough(String key, int most) {
        int[] there = new int[largest() + 1];
        labels.forEach(label -> there[label]++);
        int fewest = IntStream.of(there).min().orElse(0);
        if (fewest < most) {
            int scarce = IntStream.range(0, there.length)
                    .filter(label -> there[label] == fewest)
                    .findFirst()
                    .orElseThrow();
            throw new InvalidConfigurationException(new Problem(
                    key,
                    "class %d has %d images, fewer than %d".formatted(scarce, fewest, most),
                    "use at most %d, or 0 for all".formatted(fewest)));
        }
    }
}
