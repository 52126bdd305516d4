package org.obverse.plugins.folders;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
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
            new Framing(0, 224, Framing.Fit.SHORTER_SIDE, 3));

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

    private static void oneNameEach(Place place, List<String> people) {
        Set<String> seen = new HashSet<>();
        place.refuse(people.stream()
                .filter(name -> !seen.add(name))
                .map(name -> place.problem(
                        place.folder(), "has '" + name + "' as an actor and as an actress", "rename one of the two"))
                .toList());
    }

    /** People whose pictures are all in folders of their own are no people: an archive was unpacked one folder too deep. */
    private void notDeeper(Place place, Path faces, Roll part) {
        int names = faces.resolve("NAME").resolve("PICTURE").getNameCount();
        if (part.sources().stream().allMatch(source -> source.file().getNameCount() > names)) {
            Path first = part.sources().get(0).file();
            throw new InvalidConfigurationException(place.problem(
                    faces,
                    "has no picture in the folder of a person; they are one folder deeper, as " + Names.shown(first),
                    "move the folders up into " + pictures.folder + "; the folder to name is "
                            + Names.shown(place.folder())));
        }
    }

    private boolean isWhole(Path half) {
        return group.folders().stream()
                .allMatch(name -> Files.isDirectory(half.resolve(name).resolve(pictures.folder)));
    }

    FolderDataset open(Resources resources) {
        Place place = new Place("folder", resources.workspace().path(folder));
        String expected =
                "expected are " + group.folders() + ", each with " + pictures.folder + "/NAME OF A PERSON/*.jpg";
        Folders.existing(place, expected);
        Folders.notDeeper(place, this::isWhole, expected);
        List<Source> sources = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        List<String> people = new ArrayList<>();
        for (String half : group.folders()) {
            Path faces = place.folder().resolve(half).resolve(pictures.folder);
            Folders.existing(place, faces, expected);
            Roll part = Folders.classes(place, faces, ClassOrder.NAME);
            notDeeper(place, faces, part);
            sources.addAll(part.sources());
            part.labels().forEach(label -> labels.add(people.size() + label));
            people.addAll(part.classes());
        }
        oneNameEach(place, people);
        Roll roll = Folders.atLeastTwoClasses(new Roll(sources, labels, people), place);
        return new FolderDataset(place, roll, Split.reference(roll, split, splitSeed), image, resources.workspace())
                .withPublic(publicImages);
    }
}
