package org.obverse.plugins.faces;

import java.util.List;
import org.obverse.api.data.Pooled;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** How many synthetic faces there are and how their pictures are taken. The seed is the plan's split seed. */
public record SyntheticFacesConfiguration(
        @Meaning("number of private people, which are the classes; at least 2. More leave those before unchanged")
        int identities,

        @Meaning("images of each private person that the target trains on, the first ones of the pool; at least 1")
        int trainingPerIdentity,

        @Meaning("images of each private person that evaluation models may train on; at least training-per-identity")
        int poolPerIdentity,

        @Meaning("images of each private person that no model sees in training; at least 1")
        int testPerIdentity,

        @Meaning("number of public images, each of another person; at least 1")
        int publicImages,

        @Meaning("standard deviation of the noise on private pixels, which are in [-1, 1]; 0 (none) to 1")
        double privateNoise,

        @Meaning("standard deviation of the noise on public pixels, which are in [-1, 1]; 0 (none) to 1")
        double publicNoise,

        @Meaning("share of the pose's variation left in private images: 1 leaves it all, 0 makes all faces frontal")
        double privateAlign,

        @Meaning("share of the pose's variation left in public images: 1 leaves it all, 0 makes all faces frontal")
        double publicAlign,

        @Meaning("height and width of an image in pixels, 8 to 512")
        int resolution,

        @Meaning(
                "who the classes are: private people, or public ones, who are neither among the private nor on a public image,"
                        + " for a classifier that others start from")
        People people)
        implements Checked, Pooled {
    /** The benchmark: 50 people, of whom the target sees 8 images each, and 20,000 aligned public images without noise. */
    public static final SyntheticFacesConfiguration DEFAULT =
            new SyntheticFacesConfiguration(50, 8, 100, 25, 20_000, 0.04, 0, 1, 0.4, 32, People.PRIVATE);

    private static final int LOWEST_RESOLUTION = 8;
    private static final int HIGHEST_RESOLUTION = 512;

    /** One image that a target may see, and one public one, as the benchmark takes it. */
    @Override
    public SyntheticFacesConfiguration pooled() {
        return new SyntheticFacesConfiguration(
                identities,
                1,
                poolPerIdentity,
                testPerIdentity,
                1,
                privateNoise,
                DEFAULT.publicNoise,
                privateAlign,
                DEFAULT.publicAlign,
                resolution,
                people);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .atLeast(2, "identities", identities)
                .atLeast(1, "training-per-identity", trainingPerIdentity)
                .atLeast(1, "pool-per-identity", poolPerIdentity)
                .atLeast(1, "test-per-identity", testPerIdentity)
                .atLeast(1, "public-images", publicImages)
                .require(
                        trainingPerIdentity <= poolPerIdentity,
                        "training-per-identity",
                        trainingPerIdentity + " images cannot be taken from a pool of " + poolPerIdentity,
                        "use at most pool-per-identity, or a larger pool")
                .all(countable("pool-per-identity", poolPerIdentity))
                .all(countable("test-per-identity", testPerIdentity))
                .share("private-noise", privateNoise)
                .share("public-noise", publicNoise)
                .share("private-align", privateAlign)
                .share("public-align", publicAlign)
                .require(
                        resolution >= LOWEST_RESOLUTION && resolution <= HIGHEST_RESOLUTION,
                        "resolution",
                        resolution + " pixels are out of range",
                        "use " + LOWEST_RESOLUTION + " to " + HIGHEST_RESOLUTION)
                .list();
    }

    private List<Problem> countable(String key, int perIdentity) {
        return new Problems()
                .require(
                        (long) identities * perIdentity <= Integer.MAX_VALUE,
                        key,
                        perIdentity + " images of each of " + identities + " identities are more than can be numbered",
                        "keep identities times " + key + " below 2^31")
                .list();
    }
}
