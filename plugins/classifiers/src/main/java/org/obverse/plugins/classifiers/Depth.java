package org.obverse.plugins.classifiers;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.IntStream;

/** How many convolutions a {@link MembershipCnn} has. */
public enum Depth {
    /** Two. */
    @JsonProperty("shallow")
    SHALLOW,
    /** Eight. */
    @JsonProperty("deep")
    DEEP;

    /** The channels of the convolutions, stage by stage; each stage halves the extent. */
    List<List<Integer>> stages() {
        return switch (this) {
            case SHALLOW -> List.of(List.of(128), List.of(256));
            case DEEP -> List.of(List.of(64), List.of(128), List.of(256, 256), List.of(512, 512), List.of(512, 512));
        };
    }

    IntStream channels() {
        return stages().stream().flatMap(List::stream).mapToInt(Integer::intValue);
    }

    /** The smallest extent of which the last stage leaves one pixel. */
    int least() {
        return 1 << stages().size();
    }
}
