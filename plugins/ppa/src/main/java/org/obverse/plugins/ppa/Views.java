package org.obverse.plugins.ppa;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.obverse.api.tensor.Resampling;

/** The views of an image over which the sampler averages confidence. */
public enum Views {
    /** The image alone. */
    @JsonProperty("image")
    IMAGE {
        @Override
        List<Resampling> of(Resampling image) {
            return List.of(image);
        }
    },
    /** The image and its mirror image. */
    @JsonProperty("image-and-mirror")
    IMAGE_AND_MIRROR {
        @Override
        List<Resampling> of(Resampling image) {
            return List.of(image, image.flip());
        }
    };

    abstract List<Resampling> of(Resampling image);
}
