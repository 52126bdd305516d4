package org.obverse.plugins.binary;

import ai.djl.ndarray.types.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;

/**
 * Images of files that were read.
 *
 * @param classNames by label
 * @param images of each part, of one shape, at their own size
 * @param shape in which they are shown, {@code [C, H, W]}
 */
record BinaryDataset(List<String> classNames, Map<Part, BinaryImages> images, Shape shape) implements FileBased {
    BinaryDataset {
        classNames = List.copyOf(classNames);
        images = new EnumMap<>(images);
    }

    /**
     * @param pool what evaluation models train on; contains the training images
     * @param publicly one, or none if there are no public images
     */
    static BinaryDataset of(
            List<String> classNames,
            BinaryImages training,
            BinaryImages pool,
            BinaryImages test,
            List<BinaryImages> publicly) {
        Map<Part, BinaryImages> parts = new EnumMap<>(Part.class);
        parts.put(Part.TRAINING, training);
        parts.put(Part.POOL, pool);
        parts.put(Part.TEST, test);
        publicly.forEach(images -> parts.put(Part.PUBLIC, images));
        return new BinaryDataset(classNames, parts, training.shape());
    }

    @Override
    public int classes() {
        return classNames.size();
    }

    @Override
    public Set<Part> parts() {
        return Set.copyOf(images.keySet());
    }

    @Override
    public Images images(Part part) {
        BinaryImages plain = of(part);
        return plain.shape().equals(shape) ? plain : new SizedImages(plain, shape);
    }

    @Override
    public List<DataFile> files(Part part) {
        return of(part).files();
    }

    @Override
    public Dataset resized(int side) {
        return new BinaryDataset(classNames, images, new Shape(shape.get(0), side, side));
    }

    private BinaryImages of(Part part) {
        BinaryImages found = images.get(part);
        if (found == null) {
            throw new IllegalArgumentException("there is no part " + part + " among " + parts());
        }
        return found;
    }
}
