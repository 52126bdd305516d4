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
import org.obverse.api.tensor.Rotation;
import org.obverse.api.training.Augmentation;

/**
 * Draws and applies a recipe's augmentation, per sample. The changes are torchvision's (RandomResizedCrop of ratio 1,
 * RandomHorizontalFlip, RandomRotation, bilinear, ColorJitter), except that brightness, contrast, saturation and hue always come in this order,
 * where torchvision draws one per image.
 */
final class Augmenter {
    private final Augmentation augmentation;

    Augmenter(Augmentation augmentation) {
        this.augmentation = augmentation;
    }

    /**
     * @param images {@code [N, 3, H, W]} or {@code [N, 1, H, W]} in [-1, 1]
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
        return jitter(turn(reframe(images, streams), streams), streams);
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
            if (augmentation.crop() < 1 && chosen(stream, "whether to crop", augmentation.cropChance())) {
                map = map.crop(square(height, width, frame)).resize(height, width);
            }
            maps.add(frame.uniform() < augmentation.flip() ? map.flip() : map);
        }
        return Resampling.applyEach(images, maps);
    }

    private static boolean chosen(RandomStream stream, String what, double chance) {
        return chance == 1 || stream.child(what).uniform() < chance;
    }

    /** In [0, 1], where what comes from outside is black. */
    private NDArray turn(NDArray images, List<RandomStream> streams) {
        double most = augmentation.rotation();
        if (most == 0) {
            return images;
        }
        double[] degrees = streams.stream()
                .mapToDouble(stream -> chosen(stream, "whether to turn", augmentation.rotationChance())
                        ? stream.child("rotation").uniform(-most, most)
                        : 0)
                .toArray();
        return Rotation.apply(images.add(1), degrees).sub(1);
    }

    private Box square(int height, int width, RandomStream frame) {
        double area = frame.uniform(augmentation.crop(), 1) * height * width;
        int side = Math.max(1, Math.min(Math.min(height, width), (int) Math.rint(Math.sqrt(area))));
        return new Box(frame.below(height - side + 1), frame.below(width - side + 1), side, side);
    }

    private NDArray jitter(NDArray images, List<RandomStream> streams) {
        if (augmentation.brightness() == 0
                && augmentation.contrast() == 0
                && augmentation.saturation() == 0
                && augmentation.hue() == 0) {
            return images;
        }
        NDManager manager = images.getManager();
        List<RandomStream> colours =
                streams.stream().map(s -> s.child("colour")).toList();
        NDArray unit = images.add(1).div(2);
        if (augmentation.brightness() > 0) {
            unit = Colours.brightness(unit, draws(manager, colours, 1, augmentation.brightness()));
        }
        if (augmentation.contrast() > 0) {
            unit = Colours.contrast(unit, draws(manager, colours, 1, augmentation.contrast()));
        }
        if (augmentation.saturation() > 0) {
            unit = Colours.saturation(unit, draws(manager, colours, 1, augmentation.saturation()));
        }
        if (augmentation.hue() > 0) {
            unit = Colours.hue(unit, draws(manager, colours, 0, augmentation.hue()));
        }
        return unit.mul(2).sub(1);
    }

    /** One number per image in center ± range. */
    private static NDArray draws(NDManager manager, List<RandomStream> streams, double center, double range) {
        float[] values = new float[streams.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) streams.get(i).uniform(center - range, center + range);
        }
        return manager.create(values, new Shape(values.length, 1, 1, 1));
    }
}
