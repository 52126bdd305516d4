package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Staged;
import org.obverse.api.generator.Truncation;

/**
 * A generator without weights that has every facet: an image is {@code 1.2 tanh} of a weighted sum of smooth patterns, the
 * product of a cosine over its rows and one over its columns, with the entries of W+ as weights.
 *
 * <p>{@code w = 0.5 z + 0.1}, the same in all rows; the average of w is 0.1. Its discriminator's logit is the negative mean
 * square of the image.
 */
final class CosineGenerator implements Staged, Criticized, Conditional {
    static final int LATENT_SIZE = 8;
    static final int ROWS = 4;
    private static final int BLOCKS = 2;
    private static final float AVERAGE = 0.1f;

    private final Shape image;
    private final int conditions;
    private final NDArray patterns;

    /**
     * @param image {@code [C, H, W]}
     * @param conditions how many a sample can be asked for; each shifts w by another vector
     * @param manager that keeps the patterns
     */
    CosineGenerator(Shape image, int conditions, NDManager manager) {
        this.image = image;
        this.conditions = conditions;
        this.patterns = manager.create(patterns(image), new Shape((long) ROWS * LATENT_SIZE, image.size()));
    }

    private static float[] patterns(Shape image) {
        int channels = (int) image.get(0);
        int height = (int) image.get(1);
        int width = (int) image.get(2);
        float[] values = new float[ROWS * LATENT_SIZE * channels * height * width];
        int next = 0;
        for (int pattern = 0; pattern < ROWS * LATENT_SIZE; pattern++) {
            for (int c = 0; c < channels; c++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        double vertical = Math.cos(Math.PI * (pattern % 4) * (y + 0.5) / height);
                        double horizontal = Math.cos(Math.PI * (pattern / 4 % 4) * (x + 0.5) / width);
                        double colour = Math.cos(2.1 * c + pattern);
                        values[next++] = (float) (0.7 * vertical * horizontal * colour);
                    }
                }
            }
        }
        return values;
    }

    @Override
    public int latentSize() {
        return LATENT_SIZE;
    }

    @Override
    public Shape image() {
        return image;
    }

    @Override
    public Shape searchSpace() {
        return new Shape(ROWS, LATENT_SIZE);
    }

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int styleSize() {
        return LATENT_SIZE;
    }

    @Override
    public NDArray locate(NDArray z) {
        return map(z, Truncation.NONE);
    }

    @Override
    public NDArray map(NDArray z, Truncation truncation) {
        NDArray w = z.mul(0.5f).add(AVERAGE).expandDims(1).repeat(1, ROWS);
        if (truncation.psi() == 1 || truncation.cutoff() == 0) {
            return w;
        }
        float[] psi = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            psi[row] = row < truncation.cutoff() ? (float) truncation.psi() : 1;
        }
        NDArray factors = w.getManager().create(psi, new Shape(ROWS, 1));
        return w.sub(AVERAGE).mul(factors).add(AVERAGE);
    }

    @Override
    public int conditions() {
        return conditions;
    }

    @Override
    public NDArray locate(NDArray z, int[] condition) {
        float[] shift = new float[condition.length];
        for (int i = 0; i < condition.length; i++) {
            shift[i] = (condition[i] - (conditions - 1) / 2f) / conditions;
        }
        return locate(z).add(z.getManager().create(shift, new Shape(shift.length, 1, 1)));
    }

    @Override
    public NDArray generate(NDArray points) {
        NDArray whole = points.getShape().get(1) == 1 ? points.repeat(1, ROWS) : points;
        return shaped(weighted(whole, 0, ROWS));
    }

    @Override
    public int blocks() {
        return BLOCKS;
    }

    @Override
    public NDList run(int block, NDList features, NDArray points) {
        int half = ROWS / BLOCKS;
        NDArray sum = weighted(points, block * half, (block + 1) * half);
        NDArray total = block == 0 ? sum : features.get(0).add(sum);
        return new NDList(total, shaped(total));
    }

    private NDArray weighted(NDArray points, int from, int to) {
        NDArray rows = points.get(new NDIndex(":,{}:{},:", from, to));
        NDArray used = patterns.get(new NDIndex("{}:{},:", from * LATENT_SIZE, to * LATENT_SIZE));
        return rows.reshape(-1, (long) (to - from) * LATENT_SIZE).matMul(used);
    }

    private NDArray shaped(NDArray sums) {
        return sums.tanh().mul(1.2f).reshape(new Shape(-1).addAll(image));
    }

    @Override
    public NDArray realness(NDArray images) {
        return images.reshape(-1, image.size()).square().mean(new int[] {1}).neg();
    }

    @Override
    public int groupSize() {
        return 1;
    }
}
