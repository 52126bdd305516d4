package org.obverse.plugins.binary;

import java.util.List;
import java.util.function.Function;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Workspace;

/** Images of other things than the private ones, for the attacker: the training images of another data set of the same format. */
public record PublicImages(
        @Meaning(
                "folder with the files of another data set, which shows nothing of a private class; empty if there is none")
        String folder,

        @Meaning("how many of its training images are used, the first ones; 0 takes all")
        int most)
        implements Checked {
    public static final PublicImages NONE = new PublicImages("", 0);

    @Override
    public List<Problem> check() {
        return new Problems()
                .require(most >= 0, "most", most + " is not a number of images", "use at least 1, or 0 for all")
                .list();
    }

    /**
     * Images without labels; none if no folder is named.
     *
     * @param training reads the training images of a folder
     */
    List<BinaryImages> read(Workspace workspace, String expected, Function<Place, List<ImageBlock>> training) {
        if (folder.isEmpty()) {
            return List.of();
        }
        Place place = Place.of("public-images.folder", folder, workspace, expected);
        return List.of(BinaryImages.unlabelled(training.apply(place), most));
    }
}
