package org.obverse.engine.record;

import java.util.List;

/**
 * What the attack was after in one class, and what it found.
 *
 * @param samples training images of the target
 * @param reconstructions best first
 * @param nearest the training image that each reconstruction looks most like; none in a run of an earlier version
 */
public record ClassPictures(int targetClass, List<Raster> samples, List<Raster> reconstructions, List<Raster> nearest) {
    public ClassPictures {
        samples = List.copyOf(samples);
        reconstructions = List.copyOf(reconstructions);
        nearest = List.copyOf(nearest);
    }
}
