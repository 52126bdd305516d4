package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Which style vectors of a candidate are searched. */
public enum SearchSpace {
    /**
     * One for all rows, beginning with the first row of the start point. With a truncation cutoff, that is not the image
     * that was ranked: there, only the rows below the cutoff were truncated. The published code does the same.
     */
    @JsonProperty("w")
    W {
        @Override
        NDArray start(NDArray points, int rows) {
            return points.get(new NDIndex(":,0:1,:"));
        }
    },
    /** One per row. */
    @JsonProperty("w-plus")
    W_PLUS {
        @Override
        NDArray start(NDArray points, int rows) {
            return points.getShape().get(1) == rows ? points : points.repeat(1, rows);
        }
    };

    /**
     * @param points {@code [N, rows or 1, styleSize]}
     * @param rows of the generator
     * @return what is searched, {@code [N, 1, styleSize]} or {@code [N, rows, styleSize]}
     */
    abstract NDArray start(NDArray points, int rows);
}
