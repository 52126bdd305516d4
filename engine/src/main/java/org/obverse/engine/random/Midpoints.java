package org.obverse.engine.random;

import org.obverse.api.random.RandomStream;

/** Draws nothing: every draw is the middle of its distribution. For networks that are built only to see whether they can be. */
public final class Midpoints implements RandomStream {
    @Override
    public RandomStream child(String name) {
        return this;
    }

    @Override
    public RandomStream child(String name, long index) {
        return this;
    }

    @Override
    public double uniform() {
        return 0.5;
    }

    @Override
    public int below(int bound) {
        return bound / 2;
    }

    @Override
    public double gaussian() {
        return 0;
    }

    @Override
    public float[] gaussians(int count) {
        return new float[count];
    }
}
