package org.obverse.plugins.folders;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;

/** Stanford Dogs as its archives unpack: Images, Annotation and the two lists. */
public record StanfordDogsConfiguration(
        @Meaning("folder with train_list.mat, test_list.mat, Images and Annotation")
        String folder,

        @Meaning("uncropped (whole photographs) or cropped (to the first box of the annotation)")
        Extent pictures,

        @Meaning("seed of NumPy's shuffle, by which the reference splits; 42 there")
        int splitSeed,

        @Meaning("how many images models train on, of the shuffled list")
        Shares split,

        @Meaning("images of other dogs, for the attacker") PublicImages publicImages,
        @Meaning("how pictures become images") Framing image)
        implements Checked {
    public static final StanfordDogsConfiguration DEFAULT = new StanfordDogsConfiguration(
            "data/stanford_dogs",
            Extent.UNCROPPED,
            42,
            Shares.DEFAULT,
            PublicImages.NONE,
            new Framing(0, 224, Framing.Fit.BOTH_SIDES, 3));

    /** What of a photograph is used. */
    public enum Extent {
        @JsonProperty("uncropped")
        UNCROPPED,
        @JsonProperty("cropped")
        CROPPED
    }

    @Override
    public List<Problem> check() {
        return Keys.of(folder, split, publicImages, image);
    }

    FolderDataset open(Resources resources) {
        Place place = new Place("folder", resources.workspace().path(folder));
        Roll roll = DogFiles.read(place, pictures);
        return new FolderDataset(place, roll, Split.reference(roll, split, splitSeed), image, resources.workspace())
                .withPublic(publicImages);
    }
}
