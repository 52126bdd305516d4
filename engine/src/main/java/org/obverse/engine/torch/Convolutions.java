package org.obverse.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;

/**
 * Convolutions around what oneDNN 3.7.1, which libtorch 2.7.1 contains, gets wrong on some processors (seen on AMD's with AVX-512).
 *
 * <p>Its kernels that work on 16 channels at once get the rest wrong, also with their instructions limited to AVX2: in float32, with
 * windows larger than 1, more than 16 inputs that are no multiple of 16 give wrong sums or NaN, and so do the gradients of the
 * images where the outputs are no multiple of 16. Channels of zeros fill both up; they change no sum. Bfloat16 is wrong by as much
 * as the values themselves where a number of channels is no multiple of 16; there it is computed in float32 and rounded once.
 *
 * <p>What changes the last bits of sums to save time is done only with weights that need no gradient, as in a search: trainings keep
 * their bytes, and a network that is evaluated gives the same ones whether or not its images need a gradient.
 */
final class Convolutions {
    private static final Shape NO_DILATION = new Shape(1, 1);
    private static final long CHANNELS_AT_ONCE = 16;

    /** 8 MB. */
    private static final long UNROLLED_AT_ONCE = 1 << 21;

    /** Measured: with 4 pixels one product of all images is 4 times as fast as one of each, with 1 pixel twice, with 16 no faster. */
    private static final long FEW_PIXELS = 16;

    private final TorchDoor door;
    private final boolean multiplies;

    /**
     * @param multiplies whether float32 is computed as products of matrices; else it may meet those kernels, and channels are
     *     filled up
     */
    Convolutions(TorchDoor door, boolean multiplies) {
        this.door = door;
        this.multiplies = multiplies;
    }

    /** For a process in this environment: oneDNN's kernels for SSE 4.1 are others, right and slow, where products of matrices are not limited. */
    static Convolutions of(TorchDoor door, Map<String, String> environment) {
        String limit = environment.getOrDefault("ONEDNN_MAX_CPU_ISA", environment.getOrDefault("DNNL_MAX_CPU_ISA", ""));
        return new Convolutions(door, limit.equalsIgnoreCase("SSE41"));
    }

    NDArray forward(NDArray x, NDArray weight, int stride, int padding, int groups) {
        if (isBfloat16OfOddChannels(x, weight)) {
            NDArray wide = TorchOperators.cast(door, x, DataType.FLOAT32);
            NDArray y = forward(wide, TorchOperators.cast(door, weight, DataType.FLOAT32), stride, padding, groups);
            return TorchOperators.cast(door, y, DataType.BFLOAT16);
        }
        if (groups == 1 && isToBeFilled(x, weight)) {
            long inputs = weight.getShape().get(1);
            long outputs = weight.getShape().get(0);
            NDArray whole = padded(weight, filled(outputs), reached(inputs));
            NDArray y = convolution(padded(x, x.getShape().get(0), reached(inputs)), whole, stride, padding, 1);
            return firstChannels(y, outputs);
        }
        if (multiplies && groups == 1 && isFloat32OnTheProcessor(x)) {
            return product(x, weight, stride, padding);
        }
        return convolution(x, weight, stride, padding, groups);
    }

    /**
     * As products of matrices, of as many images at once as their unrolled windows stay in the processor's caches. Each image is a
     * product of its own, unless it has so few pixels that reading the weights for each would take most of the time. Frozen weights
     * meet images of few pixels without the taps that would see padding only: 1 of 9 is left for a single pixel.
     */
    private NDArray product(NDArray x, NDArray weight, int stride, int padding) {
        Shape images = x.getShape();
        Shape kernel = weight.getShape();
        long high = (images.get(2) + 2L * padding - kernel.get(2)) / stride + 1;
        long wide = (images.get(3) + 2L * padding - kernel.get(3)) / stride + 1;
        long unrolled = kernel.get(1) * kernel.get(2) * kernel.get(3) * high * wide;
        return door.method(high * wide < FEW_PIXELS ? "conv2d_of_few_pixels" : "conv2d")
                .tensor(x)
                .tensor(weight)
                .whole(stride)
                .whole(padding)
                .whole(Math.max(1, UNROLLED_AT_ONCE / unrolled))
                .run()
                .head();
    }

    NDArray transposed(NDArray x, NDArray weight, int stride, int padding, int outputPadding, int groups) {
        if (groups == 1 && isToBeFilled(x, weight)) {
            long inputs = weight.getShape().get(0);
            long outputs = weight.getShape().get(1);
            NDArray whole = padded(weight, filled(inputs), reached(outputs));
            NDArray images = padded(x, x.getShape().get(0), filled(inputs));
            return firstChannels(convolutionTransposed(images, whole, stride, padding, outputPadding, 1), outputs);
        }
        if (multiplies
                && groups == 1
                && isFloat32OnTheProcessor(x)
                && x.getShape().slice(2).size() >= FEW_PIXELS) {
            return productTransposed(x, weight, stride, padding, outputPadding);
        }
        return convolutionTransposed(x, weight, stride, padding, outputPadding, groups);
    }

    /** As products of matrices, one per image, if the weight needs no gradient. */
    private NDArray productTransposed(NDArray x, NDArray weight, int stride, int padding, int outputPadding) {
        long unrolled =
                weight.getShape().slice(1).size() * x.getShape().slice(2).size();
        return door.method("conv_transpose2d_of_many_pixels")
                .tensor(x)
                .tensor(weight)
                .whole(stride)
                .whole(padding)
                .whole(outputPadding)
                .whole(Math.max(1, UNROLLED_AT_ONCE / unrolled))
                .run()
                .head();
    }

    private static NDArray convolution(NDArray x, NDArray weight, int stride, int padding, int groups) {
        return JniUtils.convolution(
                (PtNDArray) x,
                (PtNDArray) weight,
                null,
                new Shape(stride, stride),
                new Shape(padding, padding),
                NO_DILATION,
                groups);
    }

    private NDArray convolutionTransposed(
            NDArray x, NDArray weight, int stride, int padding, int outputPadding, int groups) {
        return door.method("conv_transpose2d")
                .tensor(x)
                .tensor(weight)
                .whole(stride)
                .whole(padding)
                .whole(outputPadding)
                .whole(groups)
                .run()
                .head();
    }

    private static boolean isBfloat16OfOddChannels(NDArray x, NDArray weight) {
        return x.getDataType() == DataType.UNKNOWN
                && !x.getDevice().isGpu()
                && (weight.getShape().get(0) % CHANNELS_AT_ONCE != 0
                        || weight.getShape().get(1) % CHANNELS_AT_ONCE != 0);
    }

    private boolean isToBeFilled(NDArray x, NDArray weight) {
        Shape kernel = weight.getShape();
        return !multiplies
                && isFloat32OnTheProcessor(x)
                && kernel.get(2) * kernel.get(3) > 1
                && (filled(kernel.get(0)) != kernel.get(0) || reached(kernel.get(1)) != kernel.get(1));
    }

    private static boolean isFloat32OnTheProcessor(NDArray x) {
        return x.getDataType() == DataType.FLOAT32 && !x.getDevice().isGpu();
    }

    private static long filled(long channels) {
        return (channels + CHANNELS_AT_ONCE - 1) / CHANNELS_AT_ONCE * CHANNELS_AT_ONCE;
    }

    /** Fewer channels than a block are read one by one. */
    private static long reached(long channels) {
        return channels < CHANNELS_AT_ONCE ? channels : filled(channels);
    }

    private static NDArray padded(NDArray x, long first, long second) {
        Shape shape = x.getShape();
        if (first == shape.get(0) && second == shape.get(1)) {
            return x;
        }
        return x.pad(new Shape(0, 0, 0, 0, 0, second - shape.get(1), 0, first - shape.get(0)), 0);
    }

    private static NDArray firstChannels(NDArray y, long count) {
        return count == y.getShape().get(1) ? y : y.get(":, :{}", count);
    }
}
