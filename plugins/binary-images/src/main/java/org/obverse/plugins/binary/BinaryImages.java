package org.obverse.plugins.binary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.data.Images;

/**
 * Images of some blocks, chosen by position in all of them.
 *
 * @param blocks images of one shape
 * @param positions in the blocks, one after the other
 * @param labels of the images
 */
record BinaryImages(List<ImageBlock> blocks, List<Integer> positions, List<Integer> labels) implements Images {
    /** ToTensor, then Normalize with mean and deviation 0.5: (v/255 − 0.5)/0.5, in float32 at each step. */
    private static final float[] VALUES = values();

    BinaryImages {
        blocks = List.copyOf(blocks);
        positions = List.copyOf(positions);
        labels = List.copyOf(labels);
    }

    /** The first images, which have no class; all if {@code most} is 0. */
    static BinaryImages unlabelled(List<ImageBlock> blocks, int most) {
        int all = blocks.stream().mapToInt(ImageBlock::size).sum();
        int count = most == 0 ? all : Math.min(most, all);
        return new BinaryImages(blocks, IntStream.range(0, count).boxed().toList(), Collections.nCopies(count, -1));
    }

    private static float[] values() {
        float[] values = new float[256];
        for (int v = 0; v < values.length; v++) {
            values[v] = (v / 255f - 0.5f) / 0.5f;
        }
        return values;
    }

    @Override
    public int size() {
        return positions.size();
    }

    @Override
    public Shape shape() {
        return blocks.get(0).image();
    }

    @Override
    public int label(int index) {
        return labels.get(Objects.checkIndex(index, size()));
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        int length = Math.toIntExact(shape().size());
        float[] values = new float[Math.multiplyExact(indices.length, length)];
        int at = 0;
        for (int index : indices) {
            int position = positions.get(Objects.checkIndex(index, size()));
            int block = 0;
            while (position >= blocks.get(block).size()) {
                position -= blocks.get(block).size();
                block++;
            }
            ByteBuffer pixels = blocks.get(block).pixels();
            for (int i = position * length; i < (position + 1) * length; i++) {
                values[at++] = VALUES[Byte.toUnsignedInt(pixels.get(i))];
            }
        }
        return manager.create(values, new Shape(indices.length).addAll(shape()));
    }

    /** One entry per image. */
    List<DataFile> files() {
        List<DataFile> all = new ArrayList<>();
        blocks.forEach(block -> all.addAll(block.files()));
        return positions.stream().map(all::get).toList();
    }
}
