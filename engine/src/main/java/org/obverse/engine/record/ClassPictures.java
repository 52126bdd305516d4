package org.obverse.engine.record;

import java.util.List;

/**
 * What the attack was after in one class, and what it found.
 *
 * @param samples training images of the target
 * @param reconstructions best first
 */
public record ClassPictures(int targetClass, List<Raster> samples, List<Raster> reconstructions) {
    public ClassPictures {
        samples = List.copyOf(samples);
        reconstructions = List.copyOf(reconstructions);
    }
}
