package org.obverse.plugins.binary;

import java.util.List;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** What is wrong with the keys that both data sets share. */
final class Keys {
    private static final String ALL = "use at least 1, or 0 for all";

    private Keys() {}

    static List<Problem> of(
            String folder, int trainingPerClass, int poolPerClass, int testPerClass, PublicImages publicImages) {
        return new Problems()
                .require(!folder.isEmpty(), "folder", "names no folder", "write a path relative to the plan")
                .require(
                        trainingPerClass >= 0,
                        "training-per-class",
                        trainingPerClass + " is not a number of images",
                        ALL)
                .require(poolPerClass >= 0, "pool-per-class", poolPerClass + " is not a number of images", ALL)
                .require(
                        poolPerClass == 0 || trainingPerClass <= poolPerClass,
                        "training-per-class",
                        trainingPerClass + " images cannot be taken from a pool of " + poolPerClass,
                        "use at most pool-per-class, or a larger pool")
                .require(testPerClass >= 0, "test-per-class", testPerClass + " is not a number of images", ALL)
                .under("public-images", publicImages.check())
                .list();
    }
}
