package org.obverse.plugins.folders;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;

/** A folder with one sub-folder per class. The split is drawn from the plan's split seed. */
public record ImageFolderConfiguration(
        @Meaning("folder with one sub-folder of pictures per class")
        String folder,

        @Meaning("how classes are counted: name (0, 1, 10, 2, as torchvision does it) or number (0, 1, 2, 10)")
        ClassOrder order,

        @Meaning("how many images models train on, class by class")
        Shares split,

        @Meaning("images of other people or things, for the attacker")
        PublicImages publicImages,

        @Meaning("how pictures become images") Framing image)
        implements Checked {
    public static final ImageFolderConfiguration DEFAULT = new ImageFolderConfiguration(
            "data/images",
            ClassOrder.NAME,
            Shares.DEFAULT,
            PublicImages.NONE,
            new Framing(0, 224, Framing.Fit.SHORTER_SIDE, 3));

    @Override
    public List<Problem> check() {
        return Keys.of(folder, split, publicImages, image);
    }

    FolderDataset open(Resources resources) {
        Place place = new Place("folder", resources.workspace().path(folder));
        Folders.existing(place, "it must have one sub-folder per class, with the pictures of that class");
        Roll roll = Folders.atLeastTwoClasses(Folders.classes(place, place.folder(), order), place);
        return new FolderDataset(
                        place, roll, Split.byClass(roll, split, resources.random()), image, resources.workspace())
                .withPublic(publicImages);
    }
}
