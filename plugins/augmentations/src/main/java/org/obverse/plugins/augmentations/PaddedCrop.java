package org.obverse.plugins.augmentations;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.Epoch;
import org.obverse.api.random.RandomStream;

/**
 * A border of p black pixels (-1) on each side, then a crop of the former size at one of (2p + 1)² places, all equally
 * likely (He et al. 2016, arXiv 1512.03385, section 4.2, for CIFAR-10).
 *
 * @param padding p
 */
record PaddedCrop(int padding) implements DataTransform {
    private static final float BLACK = -1;

    @Override
    public Batch transform(Batch batch, Epoch epoch, RandomStream random) {
        if (padding == 0) {
            return batch;
        }
        Pictures pictures = Pictures.of(batch.images(), CropWithPadding.NAME);
        int height = pictures.height();
        int width = pictures.width();
        NDArray padded = padded(pictures);
        NDList crops = new NDList();
        for (int i = 0; i < pictures.count(); i++) {
            RandomStream stream = Pictures.stream(random, i);
            int top = stream.below(2 * padding + 1);
            int left = stream.below(2 * padding + 1);
            crops.add(
                    padded.get(new NDIndex("{}:{}, :, {}:{}, {}:{}", i, i + 1, top, top + height, left, left + width)));
        }
        return new Batch(NDArrays.concat(crops), batch.targets());
    }

    private NDArray padded(Pictures pictures) {
        NDArray images = pictures.all();
        int height = pictures.height() + 2 * padding;
        int width = pictures.width() + 2 * padding;
        NDArray rows = border(images, new Shape(pictures.count(), pictures.channels(), padding, pictures.width()));
        NDArray tall = NDArrays.concat(new NDList(rows, images, rows), 2);
        NDArray columns = border(images, new Shape(pictures.count(), pictures.channels(), height, padding));
        return NDArrays.concat(new NDList(columns, tall, columns), 3)
                .reshape(pictures.count(), pictures.channels(), height, width);
    }

    private static NDArray border(NDArray like, Shape shape) {
        return like.getManager().full(shape, BLACK, like.getDataType());
    }
}
