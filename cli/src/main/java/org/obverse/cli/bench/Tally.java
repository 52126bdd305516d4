package org.obverse.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.obverse.api.tensor.Operators;

/** Operators that note the convolutions they compute, once {@link #noting} was called, until {@link #noted}. */
final class Tally implements Operators {
    private final Operators inner;
    private final List<Convolution> convolutions = new CopyOnWriteArrayList<>();
    private volatile boolean notes;

    Tally(Operators inner) {
        this.inner = inner;
    }

    /**
     * A convolution that was computed.
     *
     * @param flops two for each multiplication, which is followed by an addition
     * @param type {@code UNKNOWN} is bfloat16
     */
    record Convolution(Shape images, Shape weight, int stride, int padding, int groups, double flops, DataType type) {}

    void noting() {
        convolutions.clear();
        notes = true;
    }

    /** All convolutions since {@link #noting}. */
    Noted noted() {
        notes = false;
        return new Noted(List.copyOf(convolutions));
    }

    /** The convolutions of a pass. */
    record Noted(List<Convolution> convolutions) {
        double flops() {
            return convolutions.stream().mapToDouble(Convolution::flops).sum();
        }

        /** Of those that keep all channels together and do not double the resolution. */
        Convolution largest() {
            return convolutions.stream()
                    .filter(convolution -> convolution.groups() == 1)
                    .max(Comparator.comparingDouble(Convolution::flops))
                    .orElseThrow();
        }
    }

    @Override
    public NDArray conv2d(NDArray x, NDArray weight, int stride, int padding, int groups) {
        NDArray y = inner.conv2d(x, weight, stride, padding, groups);
        note(x, weight, stride, padding, groups, y.getShape());
        return y;
    }

    @Override
    public NDArray convTranspose2d(NDArray x, NDArray weight, int stride, int padding, int outputPadding, int groups) {
        note(x, weight, stride, padding, 0, x.getShape());
        return inner.convTranspose2d(x, weight, stride, padding, outputPadding, groups);
    }

    /**
     * @param groups 0 for a transposed convolution
     * @param places at each of which the weight is applied once, {@code [N, C, H, W]}
     */
    private void note(NDArray x, NDArray weight, int stride, int padding, int groups, Shape places) {
        if (notes) {
            double flops = 2.0 * weight.getShape().size() * places.get(0) * places.get(2) * places.get(3);
            convolutions.add(
                    new Convolution(x.getShape(), weight.getShape(), stride, padding, groups, flops, x.getDataType()));
        }
    }

    @Override
    public NDArray cast(NDArray x, DataType type) {
        return inner.cast(x, type);
    }

    @Override
    public NDArray acosh(NDArray x) {
        return inner.acosh(x);
    }

    @Override
    public NDArray softplus(NDArray x) {
        return inner.softplus(x);
    }

    @Override
    public NDArray multiplyAdd(NDArray a, NDArray b, NDArray c) {
        return inner.multiplyAdd(a, b, c);
    }

    @Override
    public NDArray leakyRelu(NDArray x, double slope, double gain) {
        return inner.leakyRelu(x, slope, gain);
    }

    @Override
    public NDList eigh(NDArray x) {
        return inner.eigh(x);
    }

    @Override
    public NDArray batchNorm(
            NDArray x,
            NDArray runningMean,
            NDArray runningVariance,
            NDArray gamma,
            NDArray beta,
            double epsilon,
            double momentum,
            Mode mode) {
        return inner.batchNorm(x, runningMean, runningVariance, gamma, beta, epsilon, momentum, mode);
    }
}
