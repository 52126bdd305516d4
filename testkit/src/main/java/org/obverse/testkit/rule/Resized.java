package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.tensor.Resampling;

/** A data set whose images are made from files, beside itself at its own and at half its size. */
final class Resized {
    /** One of 255 steps from -1 to 1: a decoded image is rounded to them, at each size anew. */
    private static final double ROUNDING = 2.0 / 255;

    private final Dataset plain;
    private final Dataset resized;
    private final Shape image;
    private final NDManager manager;

    private Resized(Dataset plain, Dataset resized, int side, NDManager manager) {
        this.plain = plain;
        this.resized = resized;
        this.image = new Shape(plain.shape().get(0), side, side);
        this.manager = manager;
    }

    /**
     * @throws BesideThePoint if the images are not made from files, or too small
     * @throws BrokenRule if those of another size are other images
     */
    static void check(Dataset data, NDManager manager) {
        if (!(data instanceof FileBased files)) {
            throw new BesideThePoint("its images are not made from files");
        }
        int side = Math.toIntExact(data.shape().get(1));
        unless(
                DatasetRules.seen(files.resized(side), manager).equals(DatasetRules.seen(data, manager)),
                "asked for its own size of %d pixels it has other images",
                side);
        if (side < 4) {
            throw new BesideThePoint("images of " + side + " pixels show nothing at half their size");
        }
        new Resized(data, files.resized(side / 2), side / 2, manager).check();
    }

    private void check() {
        unless(resized.shape().equals(image), "asked for %s its images have the shape %s", image, resized.shape());
        unless(
                resized.classes() == plain.classes() && resized.parts().equals(plain.parts()),
                "at %s it has %d classes and the parts %s, not %d and %s",
                image,
                resized.classes(),
                resized.parts(),
                plain.classes(),
                plain.parts());
        for (Part part : plain.parts()) {
            check(part, plain.images(part), resized.images(part));
        }
    }

    private void check(Part part, Images large, Images small) {
        unless(
                small.size() == large.size()
                        && IntStream.range(0, large.size()).allMatch(i -> small.label(i) == large.label(i)),
                "at %s the part %s has other samples or labels",
                image,
                part);
        int[] rows = DatasetRules.first(large);
        NDArray made = small.read(manager, rows);
        unless(
                small.shape().equals(image) && made.getShape().slice(1).equals(image),
                "images of the part %s are not of shape %s",
                part,
                image);
        NDArray whole = large.read(manager, rows);
        // What is out of range at its own size too is for a-sample-is-stable to say.
        double most = Math.max(1, most(whole));
        unless(most(made) <= most, "at %s the part %s has values outside [-1, 1]", image, part);
        NDArray shrunk = Resampling.of(plain.shape())
                .resize((int) image.get(1), (int) image.get(2))
                .apply(whole);
        double gap = mean(made.sub(shrunk));
        double tolerance = ROUNDING + betweenNeighbours(shrunk);
        unless(
                gap <= tolerance,
                "at %s images of the part %s are on average %.3f away from the shrunk ones, more than %.3f",
                image,
                part,
                gap,
                tolerance);
    }

    /**
     * Between pixels side by side. A crop of whole pixels may move an image by half a pixel at each size, and the shrunk one was
     * averaged twice; that can bring images of white noise two thirds as far apart as such pixels.
     */
    private static double betweenNeighbours(NDArray images) {
        double across = mean(images.get(":,:,:,1:").sub(images.get(":,:,:,:-1")));
        double down = mean(images.get(":,:,1:,:").sub(images.get(":,:,:-1,:")));
        return (across + down) / 2;
    }

    private static double most(NDArray values) {
        return values.abs().max().getFloat();
    }

    private static double mean(NDArray differences) {
        return differences.abs().mean().getFloat();
    }
}
