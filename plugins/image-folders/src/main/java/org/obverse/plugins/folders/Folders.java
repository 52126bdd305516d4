package org.obverse.plugins.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** Lists folders in torchvision's order: by name, a folder's own files before those of its sub-folders. */
final class Folders {
    private Folders() {}

    /**
     * The folder that the configuration names.
     *
     * @param expected what belongs there, for the message
     * @throws InvalidConfigurationException if there is no such folder; as missing, if there is nothing of that name
     */
    static void existing(Place place, String expected) {
        if (!Files.exists(place.folder())) {
            throw InvalidConfigurationException.missing(
                    List.of(place.problem(place.folder(), "does not exist", expected)));
        }
        existing(place, place.folder(), expected);
    }

    /**
     * A folder in the place.
     *
     * @throws InvalidConfigurationException if there is no such folder
     */
    static void existing(Place place, Path folder, String expected) {
        if (!Files.isDirectory(folder)) {
            String what = Files.exists(folder) ? "is a file, not a folder" : "does not exist";
            throw new InvalidConfigurationException(place.problem(folder, what, expected));
        }
    }

    /** The sub-folders by name; those whose name begins with a dot are none. */
    static List<Path> within(Path folder) {
        return listed(folder).stream().filter(Files::isDirectory).toList();
    }

    /** All pictures in a folder and below it. */
    static List<Path> pictures(Path folder) {
        List<Path> found = new ArrayList<>(listed(folder).stream()
                .filter(Files::isRegularFile)
                .filter(file -> PictureFormat.isNamedPicture(name(file)))
                .toList());
        within(folder).forEach(sub -> found.addAll(pictures(sub)));
        return found;
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName()).replace("/", "");
    }

    private static List<Path> listed(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !name(entry).startsWith("."))
                    .sorted(Comparator.comparing(Folders::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /**
     * A class per sub-folder, by name.
     *
     * @param folder with the sub-folders, in the place or below it
     * @throws InvalidConfigurationException naming every sub-folder without a picture
     */
    static Roll classes(Place place, Path folder) {
        List<Source> sources = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path sub : within(folder)) {
            List<Path> pictures = pictures(sub);
            if (pictures.isEmpty()) {
                problems.add(place.problem(
                        sub,
                        "is a class without a picture",
                        "put files ending in .jpg, .png, .bmp or .tif there, or remove the folder"));
            }
            for (Path picture : pictures) {
                sources.add(place.source(picture));
                labels.add(names.size());
            }
            names.add(name(sub));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return new Roll(sources, labels, names);
    }

    /** Refuses a data set that is too small to tell classes apart. */
    static Roll atLeastTwoClasses(Roll roll, Place place) {
        if (roll.classes().size() < 2) {
            throw new InvalidConfigurationException(place.problem(
                    place.folder(),
                    roll.classes().isEmpty()
                            ? "has no class: it has no sub-folders"
                            : "has only one class, '" + roll.classes().get(0) + "'",
                    "it must have one sub-folder per class, two at least, with the pictures of that class"));
        }
        return roll;
    }
}
