package org.obverse.plugins.folders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.obverse.api.plugin.InvalidConfigurationException;

/** What the data sets expect of folders. */
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

    /**
     * A data set of several files and folders.
     *
     * @param whole whether a folder has all of them
     * @throws InvalidConfigurationException if the place has not, but a folder below it has, which is named
     */
    static void notDeeper(Place place, Predicate<Path> whole, String expected) {
        if (whole.test(place.folder())) {
            return;
        }
        for (Path found : Elsewhere.below(place.folder(), whole)) {
            throw new InvalidConfigurationException(place.problem(
                    place.folder(),
                    "is not the data set, which is in " + Names.shown(found),
                    "name that folder; " + expected));
        }
    }

    /**
     * A class per sub-folder.
     *
     * @param folder with the sub-folders, in the place or below it
     * @throws InvalidConfigurationException naming every sub-folder without a picture, and all that cannot be used
     */
    static Roll classes(Place place, Path folder, ClassOrder order) {
        Walk walk = new Walk(place);
        List<Source> sources = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        Map<String, Path> names = new HashMap<>();
        List<String> inOrder = new ArrayList<>();
        for (Path sub : order.sorted(place, walk.folders(folder))) {
            int noted = walk.noted();
            List<Path> pictures = walk.pictures(sub);
            if (pictures.isEmpty() && walk.noted() == noted) {
                walk.note(place.problem(
                        sub,
                        "is a class without a picture",
                        "put files ending in .jpg, .png, .bmp or .tif there, or remove the folder"));
            }
            for (Path picture : pictures) {
                sources.add(place.source(picture));
                labels.add(inOrder.size());
            }
            String name = Names.spoken(Names.of(sub));
            Path other = names.putIfAbsent(name, sub);
            if (other != null) {
                walk.note(place.problem(
                        sub, "is a class of the same name as " + Names.shown(other), "rename one of the two"));
            }
            inOrder.add(name);
        }
        walk.refuse();
        return new Roll(sources, labels, inOrder);
    }

    /** Refuses a data set that is too small to tell classes apart. */
    static Roll atLeastTwoClasses(Roll roll, Place place) {
        if (roll.classes().size() >= 2) {
            return roll;
        }
        for (Path deeper : Elsewhere.below(place.folder(), Folders::hasTwoFolders)) {
            throw new InvalidConfigurationException(place.problem(
                    place.folder(),
                    "has only one class, and " + Names.shown(deeper) + " has several",
                    "name that folder if its sub-folders are the classes"));
        }
        throw new InvalidConfigurationException(place.problem(
                place.folder(),
                roll.classes().isEmpty()
                        ? "has no class: it has no sub-folders"
                        : "has only one class, '" + roll.classes().get(0) + "'",
                "it must have one sub-folder per class, two at least, with the pictures of that class"));
    }

    private static boolean hasTwoFolders(Path folder) {
        return new Walk(new Place("folder", folder)).folders(folder).size() >= 2;
    }
}
