package org.obverse.reference.random;

/**
 * The boxes that torchvision's {@code RandomResizedCrop} draws (version 0.14, {@code get_params}).
 *
 * @param minArea the least fraction of the image's area, above 0
 * @param maxArea the largest fraction of the image's area
 * @param minRatio the least ratio of width to height, above 0
 * @param maxRatio the largest ratio of width to height
 */
public record RandomResizedCrop(double minArea, double maxArea, double minRatio, double maxRatio) {
    private static final int TRIES = 10;

    /**
     * A box within an image. Up to ten times it draws area and ratio, even if the range of the ratio is a single
     * number, and takes the first box that fits, at a uniform place; otherwise the largest central box whose ratio is
     * allowed.
     */
    public CropBox draw(TorchRandom random, int height, int width) {
        double area = (double) height * width;
        float minLogRatio = (float) StrictMath.log((float) minRatio);
        float maxLogRatio = (float) StrictMath.log((float) maxRatio);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            double boxArea = area * random.uniform((float) minArea, (float) maxArea);
            double ratio = (float) StrictMath.exp(random.uniform(minLogRatio, maxLogRatio));
            int boxWidth = (int) Math.rint(Math.sqrt(boxArea * ratio));
            int boxHeight = (int) Math.rint(Math.sqrt(boxArea / ratio));
            if (0 < boxWidth && boxWidth <= width && 0 < boxHeight && boxHeight <= height) {
                int top = random.below(height - boxHeight + 1);
                int left = random.below(width - boxWidth + 1);
                return new CropBox(top, left, boxHeight, boxWidth);
            }
        }
        return central(height, width);
    }

    private CropBox central(int height, int width) {
        double ratio = (double) width / height;
        int boxHeight = ratio < minRatio ? (int) Math.rint(width / minRatio) : height;
        int boxWidth = ratio > maxRatio ? (int) Math.rint(height * maxRatio) : width;
        return new CropBox((height - boxHeight) / 2, (width - boxWidth) / 2, boxHeight, boxWidth);
    }
}
