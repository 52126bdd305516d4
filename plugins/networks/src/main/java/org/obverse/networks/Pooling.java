package org.obverse.networks;

import ai.djl.nn.pooling.Pool;

/** What summarises maps: each output pixel is one number of a window of each channel. */
public final class Pooling {
    private Pooling() {}

    /** The largest value; padding never is. torch's {@code nn.MaxPool2d}. */
    public static Layer max(Window window) {
        return (x, pass) -> Pool.maxPool2d(
                x,
                window.square(window.size()),
                window.square(window.stride()),
                window.square(window.padding()),
                false);
    }

    /** The mean, in which padding counts as zeros. torch's {@code nn.AvgPool2d}. */
    public static Layer average(Window window) {
        return (x, pass) -> Pool.avgPool2d(
                x,
                window.square(window.size()),
                window.square(window.stride()),
                window.square(window.padding()),
                false,
                true);
    }

    /** The mean of each map, {@code [N, C, H, W]} to {@code [N, C]}. */
    public static Layer global() {
        return (x, pass) -> Pool.globalAvgPool2d(x);
    }
}
