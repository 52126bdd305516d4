package org.obverse.plugins.classifiers;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.ChannelAffine;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;

/** What follows a convolution without bias. */
public enum Normalization {
    /** Batch normalisation, under the name {@code bn}. */
    @JsonProperty("batch")
    BATCH("bn") {
        @Override
        Layer layer(Namespace at, int channels) {
            return BatchNormalization.of(at, channels);
        }
    },
    /** A factor and an offset per channel and no normalisation, under the name {@code affine}. */
    @JsonProperty("affine")
    AFFINE("affine") {
        @Override
        Layer layer(Namespace at, int channels) {
            return ChannelAffine.of(at, channels);
        }
    };

    private final String word;

    Normalization(String word) {
        this.word = word;
    }

    /** The layer called {@code bn} or {@code affine}, and a number. */
    Layer numbered(Namespace block, int number, int channels) {
        return layer(block.in(word + number), channels);
    }

    abstract Layer layer(Namespace at, int channels);
}
