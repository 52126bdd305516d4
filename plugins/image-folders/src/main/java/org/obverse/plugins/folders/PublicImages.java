package org.obverse.plugins.folders;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** Images of other people than the private ones, such as FFHQ's or MetFaces': all pictures in a folder and below it. */
public record PublicImages(
        @Meaning(
                "folder with public images, of people who are in no class, at any depth; empty if there are none of its own")
        String folder,

        @Meaning("how many of them are used, the first ones by name; 0 takes all")
        int most)
        implements Checked {
    public static final PublicImages NONE = new PublicImages("", 0);

    @Override
    public List<Problem> check() {
        return most >= 0
                ? List.of()
                : List.of(new Problem("most", most + " is not a number of images", "use at least 1, or 0 for all"));
    }

    boolean isNamed() {
        return !folder.isEmpty();
    }

    /** The first ones. */
    List<Source> limited(List<Source> sources) {
        return most == 0 || most >= sources.size() ? sources : sources.subList(0, most);
    }

    /**
     * @throws InvalidConfigurationException if it is not there or has no picture
     */
    List<Source> sources(Place place) {
        Folders.existing(place, "it must be a folder with pictures, at any depth");
        Walk walk = new Walk(place);
        List<Source> sources =
                walk.pictures(place.folder()).stream().map(place::source).toList();
        walk.refuse();
        if (sources.isEmpty()) {
            throw new InvalidConfigurationException(place.problem(
                    place.folder(),
                    "has no picture, nor has a folder below it",
                    "put files ending in .jpg, .png, .bmp or .tif there, or leave out public-images.folder"));
        }
        return limited(sources);
    }
}
