package org.obverse.plugins.folders;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;

/**
 * CelebA with people as classes: those with most images. Without a folder of its own, the public part is the images of everybody
 * else, in the order of the list of files.
 */
public record CelebaConfiguration(
        @Meaning("folder with identity_CelebA.txt, list_eval_partition.txt and img_align_celeba")
        String folder,

        @Meaning("number of classes: the people with most images, of whom the one with most is class 0; at least 2")
        int identities,

        @Meaning("seed of NumPy's shuffle, by which the reference splits; 42 there")
        int splitSeed,

        @Meaning("how many images models train on, of the shuffled list")
        Shares split,

        @Meaning("images of other people, for the attacker; without a folder those of people who are no class")
        PublicImages publicImages,

        @Meaning("how pictures become images") Framing image)
        implements Checked {
    public static final CelebaConfiguration DEFAULT = new CelebaConfiguration(
            "data/celeba",
            1000,
            42,
            Shares.DEFAULT,
            PublicImages.NONE,
            new Framing(0, 224, Framing.Fit.SHORTER_SIDE, 3));

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>(Keys.of(folder, split, publicImages, image));
        if (identities < 2 || identities > CelebaFiles.PEOPLE) {
            problems.add(new Problem(
                    "identities",
                    identities + " is not a number of classes that CelebA has",
                    "use 2 to " + CelebaFiles.PEOPLE));
        }
        return problems;
    }

    FolderDataset open(Resources resources) {
        Place place = new Place("folder", resources.workspace().path(folder));
        CelebaFiles files = CelebaFiles.read(place);
        Roll roll = files.mostPhotographed(identities);
        FolderDataset dataset =
                new FolderDataset(place, roll, Split.reference(roll, split, splitSeed), image, resources.workspace());
        if (publicImages.isNamed()) {
            return dataset.withPublic(publicImages);
        }
        List<Source> others = publicImages.limited(files.everybodyBut(identities));
        return others.isEmpty() ? dataset : dataset.withPublic(place, others);
    }
}
