package org.obverse.inversion;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;

/** A random rectangle of an image, by the rule of torchvision's {@code RandomResizedCrop} (version 0.14). */
public record RandomCrop(
        @Meaning("least share of the image's area, in (0, 1]; 1 keeps the whole image and draws nothing")
        double minArea,

        @Meaning("largest share of the image's area, in (0, 1]")
        double maxArea,

        @Meaning("least ratio of width to height, above 0") double minRatio,

        @Meaning("largest ratio of width to height, above 0")
        double maxRatio)
        implements Checked {
    /** No crop. */
    public static final RandomCrop NONE = new RandomCrop(1, 1, 1, 1);

    private static final int TRIES = 10;

    public boolean isNone() {
        return minArea == 1;
    }

    /**
     * Draws area and logarithm of the ratio uniformly until the rectangle fits, at most ten times, then its place
     * uniformly; if none fits, the largest central rectangle of an allowed ratio. Without a crop, the whole image.
     */
    public Box draw(RandomStream random, int height, int width) {
        if (isNone()) {
            return new Box(0, 0, height, width);
        }
        for (int attempt = 0; attempt < TRIES; attempt++) {
            double area = random.uniform(minArea, maxArea) * height * width;
            double ratio = Math.exp(random.uniform(Math.log(minRatio), Math.log(maxRatio)));
            int boxWidth = (int) Math.rint(Math.sqrt(area * ratio));
            int boxHeight = (int) Math.rint(Math.sqrt(area / ratio));
            if (boxWidth >= 1 && boxWidth <= width && boxHeight >= 1 && boxHeight <= height) {
                int top = random.below(height - boxHeight + 1);
                int left = random.below(width - boxWidth + 1);
                return new Box(top, left, boxHeight, boxWidth);
            }
        }
        return central(height, width);
    }

    private Box central(int height, int width) {
        double ratio = (double) width / height;
        int boxHeight = ratio < minRatio ? (int) Math.rint(width / minRatio) : height;
        int boxWidth = ratio > maxRatio ? (int) Math.rint(height * maxRatio) : width;
        return new Box((height - boxHeight) / 2, (width - boxWidth) / 2, boxHeight, boxWidth);
    }

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!(minArea > 0 && minArea <= maxArea && maxArea <= 1)) {
            problems.add(new Problem(
                    "min-area",
                    "areas from " + minArea + " to " + maxArea + " are no range of shares of an image",
                    "use 0 < min-area <= max-area <= 1"));
        }
        if (!(minRatio > 0 && minRatio <= maxRatio && maxRatio < Double.POSITIVE_INFINITY)) {
            problems.add(new Problem(
                    "min-ratio",
                    "ratios from " + minRatio + " to " + maxRatio + " are no range of width to height",
                    "use 0 < min-ratio <= max-ratio"));
        }
        return problems;
    }
}
