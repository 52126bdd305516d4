package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import org.obverse.api.network.Initial;
import org.obverse.api.network.WeightUse;

/** 2-D convolutions (torch's {@code nn.Conv2d} with zero padding). */
public final class Convolution {
    private static final Shape ONCE = new Shape(1, 1);

    private Convolution() {}

    /** A convolution without a bias, as before a normalisation; takes {@code weight} {@code [O, I, h, w]}. */
    public static Layer plain(Namespace at, int inputs, int outputs, Window window, Initial initial) {
        return grouped(at, inputs, outputs, window, 1, initial);
    }

    /**
     * A convolution without a bias in which each group of outputs sees its own group of inputs; takes {@code weight}
     * {@code [O, I / groups, h, w]}.
     *
     * @throws IllegalArgumentException if inputs or outputs cannot be shared out evenly
     */
    public static Layer grouped(Namespace at, int inputs, int outputs, Window window, int groups, Initial initial) {
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0) {
            throw new IllegalArgumentException(
                    inputs + " inputs and " + outputs + " outputs do not fall into " + groups + " equal groups");
        }
        NDArray weight =
                at.weight("weight", new Shape(outputs, inputs / groups, window.size(), window.size()), initial);
        return (x, pass) -> {
            NDArray y = at.operators().conv2d(x, weight, window.stride(), window.padding(), groups);
            if (groups == 1) {
                pass.tell(new WeightUse.Convolution(weight, x, y, window.stride(), window.padding()));
            }
            return y;
        };
    }

    /**
     * A convolution of stride 1 without a bias whose output has the extent of its input, over a window that need not be
     * square; takes {@code weight} {@code [O, I, h, w]}.
     *
     * @param kernel {@code (h, w)}, both odd
     * @throws IllegalArgumentException if a side is even
     */
    public static Layer centered(Namespace at, int inputs, int outputs, Shape kernel, Initial initial) {
        long height = kernel.get(0);
        long width = kernel.get(1);
        if (height % 2 == 0 || width % 2 == 0) {
            throw new IllegalArgumentException("a window of " + kernel + " has no centre: both sides must be odd");
        }
        Shape padding = new Shape(height / 2, width / 2);
        NDArray weight = at.weight("weight", new Shape(outputs, inputs, height, width), initial);
        return (x, pass) -> Conv2d.conv2d(x, weight, null, ONCE, padding, ONCE).singletonOrThrow();
    }

    /** A convolution and its bias with torch's initial values; takes {@code weight} and {@code bias} {@code [O]}. */
    public static Layer biased(Namespace at, int inputs, int outputs, Window window) {
        long fanIn = (long) inputs * window.size() * window.size();
        return biased(at, inputs, outputs, window, Kaiming.uniform(), Kaiming.bias(fanIn));
    }

    /** As {@link #biased(Namespace, int, int, Window)}, with initial values of weight and bias. */
    public static Layer biased(Namespace at, int inputs, int outputs, Window window, Initial weight, Initial bias) {
        return plain(at, inputs, outputs, window, weight).then(bias(at.weight("bias", new Shape(outputs), bias)));
    }

    private static Layer bias(NDArray bias) {
        return (x, pass) -> {
            try (NDArray perChannel = bias.reshape(1, -1, 1, 1)) {
                NDArray y = x.add(perChannel);
                pass.tell(new WeightUse.Offset(bias, y));
                return y;
            }
        };
    }
}
