package org.obverse.plugins.ifgmi;

import java.util.List;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;

/** After which of the searched blocks a candidate's image is taken. */
sealed interface Layer {
    String LAST_NAME = "last";
    String BY_TARGET_NAME = "by-target";

    /**
     * The same block for every candidate; the search ends there.
     *
     * @param block from 0
     */
    record After(int block) implements Layer {}

    /** For each candidate the block after which the target recognises its image best through random views. */
    record ByTarget() implements Layer {}

    /**
     * @param searched how many blocks are searched
     */
    static Layer of(NameOrIndex written, int searched) {
        return switch (written.toString()) {
            case LAST_NAME -> new After(searched - 1);
            case BY_TARGET_NAME -> new ByTarget();
            default -> new After(((NameOrIndex.Index) written).index());
        };
    }

    /** What is wrong with what was written, at {@code layer}. */
    static List<Problem> check(NameOrIndex written, int searched) {
        boolean known = written instanceof NameOrIndex.Index place
                ? place.index() >= 0 && place.index() < searched
                : List.of(LAST_NAME, BY_TARGET_NAME).contains(written.toString());
        return known
                ? List.of()
                : List.of(new Problem(
                        "layer",
                        "'%s' is none of the %d blocks that steps searches".formatted(written, searched),
                        "use " + LAST_NAME + ", " + BY_TARGET_NAME + ", or a number from 0 to " + (searched - 1)));
    }
}
