package org.obverse.plugins.folders;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;

/** FaceScrub as its download script leaves it: {@code actors} and {@code actresses}, with a folder per person. */
public record FaceScrubConfiguration(
        @Meaning("folder with actors and actresses, which contain faces or images, which contain a folder per person")
        String folder,

        @Meaning("all (actors first, then actresses), actors or actresses")
        Group group,

        @Meaning("faces (cut out of the photographs) or images (whole photographs)")
        Extent pictures,

        @Meaning("seed of NumPy's shuffle, by which the reference splits; 42 there")
        int splitSeed,

        @Meaning("how many images models train on, of the shuffled list")
        Shares split,

        @Meaning("images of other people, for the attacker") PublicImages publicImages,
        @Meaning("how pictures become images") Framing image)
        implements Checked {
    public static final FaceScrubConfiguration DEFAULT = new FaceScrubConfiguration(
            "data/facescrub",
            Group.ALL,
            Extent.FACES,
            42,
            Shares.DEFAULT,
            PublicImages.NONE,
            new Framing(0, 224, Framing.Fit.SHORTER_SIDE));

    /** Which people are classes. */
    public enum Group {
        @JsonProperty("all")
        ALL,
        @JsonProperty("actors")
        ACTORS,
        @JsonProperty("actresses")
        ACTRESSES;

        private List<String> folders() {
            return switch (this) {
                case ALL -> List.of("actors", "actresses");
                case ACTORS -> List.of("actors");
                case ACTRESSES -> List.of("actresses");
            };
        }
    }

    /** What of a photograph is used. */
    public enum Extent {
        @JsonProperty("faces")
        FACES("faces"),
        @JsonProperty("images")
        IMAGES("images");

        private final String folder;

        Extent(String folder) {
            this.folder = folder;
        }
    }

    @Override
    public List<Problem> check() {
        return Keys.of(folder, split, publicImages, image);
    }

    FolderDataset open(Resources resources) {
        Place place = new Place("folder", resources.workspace().path(folder));
        String expected =
                "expected are " + group.folders() + ", each with " + pictures.folder + "/NAME OF A PERSON/*.jpg";
        Folders.existing(place, expected);
        List<Source> sources = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        List<String> people = new ArrayList<>();
        for (String half : group.folders()) {
            Path faces = place.folder().resolve(half).resolve(pictures.folder);
            Folders.existing(place, faces, expected);
            Roll part = Folders.classes(place, faces);
            sources.addAll(part.sources());
            part.labels().forEach(label -> labels.add(people.size() + label));
            people.addAll(part.classes());
        }
        Roll roll = Folders.atLeastTwoClasses(new Roll(sources, labels, people), place);
        return new FolderDataset(place, roll, Split.reference(roll, split, splitSeed), image, resources.workspace())
                .withPublic(publicImages);
    }
}
