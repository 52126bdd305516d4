package org.obverse.reference.random;

/**
 * The stream of torch's CPU generator after {@code torch.manual_seed(seed)}, for tensors of type float32 unless a
 * method says otherwise. Uniform and integer draws are exact; normal draws agree with torch within 1e-6, for torch
 * itself computes them with other instructions on other processors.
 *
 * <p>Not safe for use by several threads.
 */
public final class TorchRandom {
    /** From this many values on, torch fills a tensor with normals by another algorithm, 16 at a time. */
    private static final int BLOCK = 16;

    private final MersenneTwister bits;
    private double spareNormal = Double.NaN;

    /** The stream of a seed, of which torch uses the low 32 bits. */
    public TorchRandom(long seed) {
        bits = new MersenneTwister((int) seed);
    }

    /** {@code torch.rand(1)}: uniform on [0, 1), a multiple of 2^-24. */
    public float uniform() {
        return (bits.next() & 0xffffff) * 0x1p-24f;
    }

    /**
     * {@code torch.empty(1).uniform_(from, to)}: uniform on [from, to), computed in float32 with one rounding, as torch
     * does on every x86 processor with AVX2.
     */
    public float uniform(float from, float to) {
        return Math.fma(uniform(), to - from, from);
    }

    /** {@code torch.empty(count).uniform_(from, to)}. */
    public float[] uniforms(int count, float from, float to) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = uniform(from, to);
        }
        return values;
    }

    /**
     * The default initialisation of {@code nn.Linear} and {@code nn.Conv2d}: uniform between ∓1/√fanIn. A layer draws
     * its weight in row-major order, and then, with the same {@code fanIn}, its bias if it has one.
     */
    public float[] layerUniforms(int count, int fanIn) {
        float bound = (float) (1 / Math.sqrt(fanIn));
        return uniforms(count, -bound, bound);
    }

    /**
     * {@code torch.randint(0, bound, (1,))}: on 0, …, bound − 1, with torch's small bias towards the lower numbers.
     *
     * @throws IllegalArgumentException if {@code bound} is not positive
     */
    public int below(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("the bound of a random integer must be positive, not " + bound);
        }
        return Integer.remainderUnsigned(bits.next(), bound);
    }

    /**
     * {@code torch.empty((), dtype=torch.int64).random_()}: on 0, …, 2^63 − 1, from two outputs. Every iterator of a
     * {@code DataLoader} draws one of these, also without shuffling.
     */
    public long int64() {
        return bits.nextLong() & Long.MAX_VALUE;
    }

    /** {@code torch.randperm(count)}. */
    public int[] permutation(int count) {
        int[] order = Orders.ascending(count);
        for (int i = 0; i < count - 1; i++) {
            Orders.swap(order, i, i + below(count - i));
        }
        return order;
    }

    /**
     * {@code torch.randn(count)}, for a contiguous tensor. Below 16 values, torch draws pairs with 53 bits and keeps an
     * unused second one for the next short tensor; from 16 on, it transforms blocks of 16 uniforms.
     */
    public float[] normals(int count) {
        if (count >= BLOCK) {
            return normalBlocks(count);
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) normal();
        }
        return values;
    }

    /** One normal by Box and Muller; r·sin θ is kept for the next call. */
    private double normal() {
        if (!Double.isNaN(spareNormal)) {
            double spare = spareNormal;
            spareNormal = Double.NaN;
            return spare;
        }
        double u1 = uniform53();
        double u2 = uniform53();
        double r = Math.sqrt(-2 * StrictMath.log1p(-u2));
        double theta = 2 * Math.PI * u1;
        spareNormal = r * StrictMath.sin(theta);
        return r * StrictMath.cos(theta);
    }

    private double uniform53() {
        return (bits.nextLong() & ((1L << 53) - 1)) * 0x1p-53;
    }

    private float[] normalBlocks(int count) {
        float[] values = uniforms(count, 0, 1);
        for (int start = 0; start + BLOCK <= count; start += BLOCK) {
            transformBlock(values, start);
        }
        if (count % BLOCK != 0) {
            int start = count - BLOCK;
            System.arraycopy(uniforms(BLOCK, 0, 1), 0, values, start, BLOCK);
            transformBlock(values, start);
        }
        return values;
    }

    /** Box and Muller within 16 uniforms: the first eight give the radius, the last eight the angle, in float32. */
    private static void transformBlock(float[] values, int start) {
        for (int j = start; j < start + BLOCK / 2; j++) {
            double r = Math.sqrt(-2 * StrictMath.log(1 - values[j]));
            float theta = (float) (2 * Math.PI) * values[j + BLOCK / 2];
            values[j] = (float) (r * StrictMath.cos(theta));
            values[j + BLOCK / 2] = (float) (r * StrictMath.sin(theta));
        }
    }
}
