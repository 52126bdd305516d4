package org.obverse.plugins.pixels;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.obverse.api.random.RandomStream;

/** The image at which the descent starts. */
public enum Start {
    /** All pixels 0, halfway between black and white. */
    @JsonProperty("grey")
    GREY {
        @Override
        float[] image(Shape shape, RandomStream random) {
            return new float[Math.toIntExact(shape.size())];
        }
    },
    /** Every value of every pixel uniform on [-1, 1). */
    @JsonProperty("noise")
    NOISE {
        @Override
        float[] image(Shape shape, RandomStream random) {
            float[] pixels = new float[Math.toIntExact(shape.size())];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (float) random.uniform(-1, 1);
            }
            return pixels;
        }
    };

    /** The values of one image of that shape, in [-1, 1]. */
    abstract float[] image(Shape shape, RandomStream random);
}
