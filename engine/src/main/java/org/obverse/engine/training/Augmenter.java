package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;
import org.obverse.api.training.Augmentation;

/**
 * Draws and applies a recipe's augmentation, per sample. The changes are torchvision's (RandomResizedCrop of ratio 1,
 * RandomHorizontalFlip, ColorJitter), except that brightness, contrast and saturation always come in this order.
 */
final class Augmenter {
    /** Weights of red, green and blue in torchvision's grey. */
    private static final float[] GREY = {0.2989f, 0.587f, 0.114f};

    private final Augmentation augmentation;

    Augmenter(Augmentation augmentation) {
        this.augmentation = augmentation;
    }

    /**
     * @param images {@code [N, 3, H, W]} in [-1, 1]
     * @param indices of the images in their collection, which name their streams
     * @param epoch the epoch's stream
     */
    NDArray augment(NDArray images, int[] indices, RandomStream epoch) {
        if (augmentation.equals(Augmentation.NONE)) {
            return images;
        }
        List<RandomStream> streams = IntStream.of(indices)
                .mapToObj(index -> epoch.child("sample", index))
                .toList();
        return jitter(reframe(images, streams), streams);
    }

    private NDArray reframe(NDArray images, List<RandomStream> streams) {
        if (augmentation.crop() == 1 && augmentation.flip() == 0) {
            return images;
        }
        Shape shape = images.getShape();
        int height = Math.toIntExact(shape.get(2));
        int width = Math.toIntExact(shape.get(3));
        List<Resampling> maps = new ArrayList<>();
        for (RandomStream stream : streams) {
            RandomStream frame = stream.child("frame");
            Resampling map = Resampling.of(height, width);
            if (augmentation.crop() < 1) {
                map = map.crop(square(height, width, frame)).resize(height, width);
            }
            maps.add(frame.uniform() < augmentation.flip() ? map.flip() : map);
        }
        return Resampling.applyEach(images, maps);
    }

    private Box square(int height, int width, RandomStream frame) {
        double area = frame.uniform(augmentation.crop(), 1) * height * width;
        int side = Math.max(1, Math.min(Math.min(height, width), (int) Math.rint(Math.sqrt(area))));
        return new Box(frame.below(height - side + 1), frame.below(width - side + 1), side, side);
    }

    private NDArray jitter(NDArray images, List<RandomStream> streams) {
        if (augmentation.brightness() == 0 && augmentation.contrast() == 0 && augmentation.saturation() == 0) {
            return images;
        }
        NDManager manager = images.getManager();
        List<RandomStream> colours =
                streams.stream().map(s -> s.child("colour")).toList();
        NDArray unit = images.add(1).div(2);
        NDArray grey = manager.create(GREY, new Shape(1, 3, 1, 1));
        if (augmentation.brightness() > 0) {
            unit = unit.mul(factors(manager, colours, augmentation.brightness()))
                    .clip(0, 1);
        }
        if (augmentation.contrast() > 0) {
            NDArray mean = unit.mul(grey)
                    .sum(new int[] {1}, true)
                    .mean(new int[] {2}, true)
                    .mean(new int[] {3}, true);
            unit = blend(unit, mean, factors(manager, colours, augmentation.contrast()));
        }
        if (augmentation.saturation() > 0) {
            NDArray flat = unit.mul(grey).sum(new int[] {1}, true);
            unit = blend(unit, flat, factors(manager, colours, augmentation.saturation()));
        }
        return unit.mul(2).sub(1);
    }

    private static NDArray blend(NDArray image, NDArray towards, NDArray factor) {
        return towards.add(image.sub(towards).mul(factor)).clip(0, 1);
    }

    private static NDArray factors(NDManager manager, List<RandomStream> streams, double range) {
        float[] values = new float[streams.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) streams.get(i).uniform(1 - range, 1 + range);
        }
        return manager.create(values, new Shape(values.length, 1, 1, 1));
    }
}
