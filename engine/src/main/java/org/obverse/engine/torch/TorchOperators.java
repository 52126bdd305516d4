package org.obverse.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import com.google.errorprone.annotations.FormatMethod;
import org.obverse.api.tensor.Operators;

/**
 * {@link Operators} over DJL's native calls where they exist with double parameters, else over the archive. Types and
 * shapes are checked first, because an error inside libtorch can end the process.
 */
final class TorchOperators implements Operators {
    private final TorchDoor door;
    private final Convolutions convolutions;

    /**
     * @param convolutions of the same door
     */
    TorchOperators(TorchDoor door, Convolutions convolutions) {
        this.door = door;
        this.convolutions = convolutions;
    }

    @Override
    public NDArray cast(NDArray x, DataType type) {
        return cast(door, x, type);
    }

    static NDArray cast(TorchDoor door, NDArray x, DataType type) {
        return door.method("cast").tensor(x).whole(scalarType(type)).run().head();
    }

    @Override
    public NDArray acosh(NDArray x) {
        requireFloating("acosh", x);
        return door.method("acosh").tensor(x).run().head();
    }

    @Override
    public NDArray softplus(NDArray x) {
        requireFloating("softplus", x);
        return JniUtils.softPlus((PtNDArray) x);
    }

    @Override
    public NDArray conv2d(NDArray x, NDArray weight, int stride, int padding, int groups) {
        requireImagesAndKernels("conv2d", x, weight, stride, padding, groups);
        long inputs = x.getShape().get(1);
        require(
                inputs == weight.getShape().get(1) * groups && weight.getShape().get(0) % groups == 0,
                "conv2d: %s images do not fit a weight of %s in %d groups",
                x.getShape(),
                weight.getShape(),
                groups);
        return convolutions.forward(x, weight, stride, padding, groups);
    }

    @Override
    public NDArray convTranspose2d(NDArray x, NDArray weight, int stride, int padding, int outputPadding, int groups) {
        requireImagesAndKernels("convTranspose2d", x, weight, stride, padding, groups);
        require(
                x.getShape().get(1) == weight.getShape().get(0)
                        && weight.getShape().get(0) % groups == 0,
                "convTranspose2d: %s images do not fit a weight of %s in %d groups",
                x.getShape(),
                weight.getShape(),
                groups);
        require(
                outputPadding >= 0 && outputPadding < stride,
                "convTranspose2d: an output padding of %d must be at least 0 and below the stride %d",
                outputPadding,
                stride);
        return convolutions.transposed(x, weight, stride, padding, outputPadding, groups);
    }

    @Override
    public NDArray multiplyAdd(NDArray a, NDArray b, NDArray c) {
        requireSameType("multiplyAdd", a, b);
        requireSameType("multiplyAdd", a, c);
        return door.method("multiply_add").tensor(a).tensor(b).tensor(c).run().head();
    }

    @Override
    public NDArray leakyRelu(NDArray x, double slope, double gain) {
        requireFloating("leakyRelu", x);
        require(slope > 0 && slope < 1, "leakyRelu: the slope %s must lie in (0, 1)", slope);
        PtNDArray rectified = JniUtils.leakyRelu((PtNDArray) x, slope);
        return gain == 1 ? rectified : rectified.mul(gain);
    }

    @Override
    public NDList eigh(NDArray x) {
        requireFloating("eigh", x);
        int rank = x.getShape().dimension();
        require(
                rank >= 2 && x.getShape().get(rank - 1) == x.getShape().get(rank - 2),
                "eigh: %s is not a stack of square matrices",
                x.getShape());
        return door.method("eigh").tensor(x).run();
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
        requireFloating("batchNorm", x);
        require(x.getShape().dimension() >= 2, "batchNorm: %s has no axis of channels", x.getShape());
        Shape channels = new Shape(x.getShape().get(1));
        for (NDArray parameter : new NDList(runningMean, runningVariance, gamma, beta)) {
            requireSameType("batchNorm", x, parameter);
            require(
                    parameter.getShape().equals(channels),
                    "batchNorm: %s does not hold one number per channel of %s",
                    parameter.getShape(),
                    x.getShape());
        }
        require(
                mode == Mode.EVALUATION || x.size() > x.getShape().get(1),
                "batchNorm: %s has one value per channel, and one value has no variance",
                x.getShape());
        // DJL names these parameters gamma, beta, mean, variance, but hands them to torch as mean, variance, gamma,
        // beta.
        return JniUtils.batchNorm(
                (PtNDArray) x,
                (PtNDArray) runningMean,
                (PtNDArray) runningVariance,
                (PtNDArray) gamma,
                (PtNDArray) beta,
                mode == Mode.TRAINING,
                momentum,
                epsilon);
    }

    /** The numbers of {@code c10::ScalarType}, for bfloat16 and the types that DJL knows in both directions. */
    private static long scalarType(DataType type) {
        return switch (type) {
            case UINT8 -> 0;
            case INT8 -> 1;
            case INT32 -> 3;
            case INT64 -> 4;
            case FLOAT16 -> 5;
            case FLOAT32 -> 6;
            case FLOAT64 -> 7;
            case BOOLEAN -> 11;
            case BFLOAT16 -> 15;
            default -> throw new IllegalArgumentException("cast: DJL's PyTorch engine has no arrays of " + type);
        };
    }

    private static void requireImagesAndKernels(
            String operator, NDArray x, NDArray weight, int stride, int padding, int groups) {
        requireFloating(operator, x);
        requireSameType(operator, x, weight);
        require(
                x.getShape().dimension() == 4 && weight.getShape().dimension() == 4,
                "%s: images %s and weight %s must have four axes",
                operator,
                x.getShape(),
                weight.getShape());
        require(
                stride >= 1 && padding >= 0 && groups >= 1,
                "%s: stride %d and groups %d must be at least 1, padding %d at least 0",
                operator,
                stride,
                groups,
                padding);
    }

    /** DJL cannot name this type, and it is the only such type that {@link #cast} makes. */
    private static boolean isBfloat16(NDArray x) {
        return x.getDataType() == DataType.UNKNOWN;
    }

    private static void requireFloating(String operator, NDArray x) {
        require(
                x.getDataType().isFloating() || isBfloat16(x),
                "%s: needs a floating-point type, not %s: cast it first",
                operator,
                x.getDataType());
    }

    private static void requireSameType(String operator, NDArray a, NDArray b) {
        require(
                a.getDataType() == b.getDataType() && a.getDevice().equals(b.getDevice()),
                "%s: arguments of %s on %s and of %s on %s must agree",
                operator,
                a.getDataType(),
                a.getDevice(),
                b.getDataType(),
                b.getDevice());
    }

    @FormatMethod
    private static void require(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }
}
