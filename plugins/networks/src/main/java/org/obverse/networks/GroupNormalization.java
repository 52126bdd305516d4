package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Operators;
import org.obverse.api.tensor.Operators.Mode;

/**
 * Group normalisation (Wu and He 2018) with torch's constants: the maps of each group of channels of each sample together get mean 0 and
 * (biased) variance 1 up to ε = 10⁻⁵, then a factor and an offset per channel. It is the same in training and evaluation, and couples no
 * samples, so that each sample has a gradient of its own.
 */
public final class GroupNormalization implements Layer {
    private static final double EPSILON = 1e-5;

    private final Operators operators;
    private final int groups;
    private final Layer affine;

    private GroupNormalization(Namespace at, int groups, int channels) {
        this.operators = at.operators();
        this.groups = groups;
        this.affine = ChannelAffine.of(at, channels);
    }

    /**
     * Takes {@code weight} (1 at first) and {@code bias} (0 at first), both {@code [channels]}.
     *
     * @return a layer for {@code [N, channels, height, width]}; it refuses an input with a single value per group, which has no variance
     * @throws IllegalArgumentException if the channels cannot be shared out evenly
     */
    public static Layer of(Namespace at, int groups, int channels) {
        if (groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException(channels + " channels do not fall into " + groups + " equal groups");
        }
        return new GroupNormalization(at, groups, channels);
    }

    @Override
    public NDArray apply(NDArray x, Pass pass) {
        Shape shape = x.getShape();
        long each = shape.get(0) * groups;
        try (NDArray standard = standard(x.reshape(1, each, shape.size() / each), new Shape(each))) {
            return affine.apply(standard.reshape(shape), pass);
        }
    }

    /** Batch normalisation of one sample whose channels are the groups: one pass over the memory, and no running statistics that anyone reads. */
    private NDArray standard(NDArray rows, Shape each) {
        try (rows;
                NDArray zeros = rows.getManager().zeros(each, rows.getDataType());
                NDArray ones = rows.getManager().ones(each, rows.getDataType());
                NDArray mean = zeros.duplicate();
                NDArray variance = ones.duplicate()) {
            return operators.batchNorm(rows, mean, variance, ones, zeros, EPSILON, 0, Mode.TRAINING);
        }
    }
}
