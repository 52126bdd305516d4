package org.obverse.plugins.folders;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Objects;
import org.obverse.api.data.FileBased.DataFile;
import org.obverse.api.data.Images;

/**
 * Images of a pack, chosen by position.
 *
 * @param positions in the pack
 * @param labels of the images
 */
record FolderImages(Pack pack, List<Integer> positions, List<Integer> labels) implements Images {
    /** ToTensor, then Normalize with mean and deviation 0.5: (v/255 − 0.5)/0.5, in float32 at each step. */
    private static final float[] VALUES = values();

    FolderImages {
        positions = List.copyOf(positions);
        labels = List.copyOf(labels);
        if (positions.size() != labels.size()) {
            throw new IllegalArgumentException(positions.size() + " images have " + labels.size() + " labels");
        }
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
        return pack.shape();
    }

    @Override
    public int label(int index) {
        return labels.get(Objects.checkIndex(index, size()));
    }

    @Override
    public NDArray read(NDManager manager, int... indices) {
        int length = (int) shape().size();
        byte[] image = new byte[length];
        float[] values = new float[Math.multiplyExact(indices.length, length)];
        int at = 0;
        for (int index : indices) {
            pack.copy(positions.get(Objects.checkIndex(index, size())), image);
            for (byte value : image) {
                values[at++] = value(value);
            }
        }
        return manager.create(values, new Shape(indices.length).addAll(shape()));
    }

    /** What a network sees of a byte. */
    static float value(byte channel) {
        return VALUES[channel & 0xff];
    }

    /** The files of the images. */
    List<DataFile> files() {
        List<DataFile> all = pack.files();
        return positions.stream().map(all::get).toList();
    }
}
