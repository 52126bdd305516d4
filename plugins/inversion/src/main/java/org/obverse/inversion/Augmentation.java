package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;
import org.obverse.api.tensor.Rotation;

/**
 * What is done to a generated image before the target sees it, each image by draws of its own: a random part of it at the full size,
 * brightness and contrast, a mirror image, a turn. All of it is differentiable.
 */
public record Augmentation(
        @Meaning("random part of an image that is seen, resized back")
        RandomCrop crop,

        @Meaning("brightness is multiplied by at most 1 more or less this, in [0, 1]")
        double brightness,

        @Meaning("contrast is multiplied by at most 1 more or less this, in [0, 1]")
        double contrast,

        @Meaning("how often brightness and contrast are changed, in [0, 1]")
        double jitter,

        @Meaning("how often an image is mirrored, in [0, 1]")
        double flip,

        @Meaning("most degrees by which an image is turned, either way; 0 turns none")
        double rotation)
        implements Checked {
    private static final double[] GREY = {0.299, 0.587, 0.114};

    /** As published for the training of PLG-MI's GAN (Yuan et al. 2023). */
    public static final Augmentation OF_TRAINING = published(0.5);

    /** As published for the search of PLG-MI, where brightness and contrast always change. */
    public static final Augmentation OF_SEARCH = published(1);

    private static Augmentation published(double jitter) {
        return new Augmentation(new RandomCrop(0.8, 1, 1, 1), 0.2, 0.2, jitter, 0.5, 5);
    }

    /**
     * Part of the graph if the thread is recording.
     *
     * @param images {@code [N, C, H, W]} in [-1, 1]
     * @param random one stream per image
     */
    public NDArray apply(NDArray images, List<RandomStream> random) {
        int height = Math.toIntExact(images.getShape().get(2));
        int width = Math.toIntExact(images.getShape().get(3));
        NDArray seen = Resampling.applyEach(
                images,
                random.stream().map(stream -> part(stream, height, width)).toList());
        NDArray lit = jitter > 0 ? jittered(seen, random) : seen;
        return rotation > 0
                ? Rotation.apply(
                        lit,
                        random.stream()
                                .mapToDouble(stream -> stream.child("rotation").uniform(-rotation, rotation))
                                .toArray())
                : lit;
    }

    private Resampling part(RandomStream stream, int height, int width) {
        Box box = crop.draw(stream.child("crop"), height, width);
        Resampling part = Resampling.of(height, width).crop(box).resize(height, width);
        return stream.child("flip").uniform() < flip ? part.flip() : part;
    }

    /** In [0, 1]: x' = b x, x'' = c x' + (1 - c) m with m the mean grey of x'; not cut off. */
    private NDArray jittered(NDArray images, List<RandomStream> random) {
        double[] b = new double[random.size()];
        double[] c = new double[random.size()];
        for (int i = 0; i < b.length; i++) {
            RandomStream stream = random.get(i).child("jitter");
            boolean changed = stream.uniform() < jitter;
            b[i] = changed ? stream.uniform(1 - brightness, 1 + brightness) : 1;
            c[i] = changed ? stream.uniform(1 - contrast, 1 + contrast) : 1;
        }
        NDArray bright = images.add(1).mul(0.5).mul(column(images, b));
        NDArray grey = bright.mul(colours(bright))
                .sum(new int[] {1}, true)
                .mean(new int[] {3}, true)
                .mean(new int[] {2}, true);
        return bright.sub(grey).mul(column(images, c)).add(grey).mul(2).sub(1);
    }

    private static NDArray column(NDArray like, double... values) {
        return typed(like, values, new Shape(values.length, 1, 1, 1));
    }

    private static NDArray colours(NDArray images) {
        long colours = images.getShape().get(1);
        return colours == GREY.length
                ? typed(images, GREY, new Shape(1, colours, 1, 1))
                : images.getManager()
                        .ones(new Shape(1, colours, 1, 1), images.getDataType())
                        .div(colours);
    }

    private static NDArray typed(NDArray like, double[] values, Shape shape) {
        NDArray wide = like.getManager().create(values, shape);
        return like.getDataType() == DataType.FLOAT64 ? wide : wide.toType(like.getDataType(), false);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .under("crop", crop.check())
                .share("brightness", brightness)
                .share("contrast", contrast)
                .share("jitter", jitter)
                .share("flip", flip)
                .require(
                        rotation >= 0 && rotation <= 180,
                        "rotation",
                        rotation + " is no range of angles",
                        "use degrees from 0 to 180")
                .list();
    }
}
