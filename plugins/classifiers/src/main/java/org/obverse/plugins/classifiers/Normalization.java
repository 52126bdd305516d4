package org.obverse.plugins.classifiers;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.stream.IntStream;
import org.obverse.networks.BatchNormalization;
import org.obverse.networks.ChannelAffine;
import org.obverse.networks.GroupNormalization;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;

/** What follows a convolution. */
public enum Normalization {
    /** Batch normalisation, under the name {@code bn}. */
    @JsonProperty("batch")
    BATCH("bn") {
        @Override
        Layer layer(Namespace at, int channels) {
            return BatchNormalization.of(at, channels);
        }
    },
    /**
     * Group normalisation, under the name {@code gn}: 32 groups, or as many as there are channels if these are fewer. So networks are
     * normalised whose samples must not see each other, as under DP-SGD (Kaya and Dumitras, ICML 2021).
     */
    @JsonProperty("group")
    GROUP("gn") {
        @Override
        Layer layer(Namespace at, int channels) {
            return GroupNormalization.of(at, groups(channels), channels);
        }

        @Override
        boolean fits(IntStream channels) {
            return channels.allMatch(count -> count % groups(count) == 0);
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

    private static final int MOST_GROUPS = 32;

    private final String word;

    Normalization(String word) {
        this.word = word;
    }

    private static int groups(int channels) {
        return Math.min(MOST_GROUPS, channels);
    }

    /** Whether there is a layer for each of these numbers of channels. */
    boolean fits(IntStream channels) {
        return true;
    }

    /** The layer called {@code bn}, {@code gn} or {@code affine}, and a number. */
    Layer numbered(Namespace block, int number, int channels) {
        return layer(block.in(word + number), channels);
    }

    abstract Layer layer(Namespace at, int channels);
}
