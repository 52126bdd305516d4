package org.obverse.plugins.folders;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * Looks for pictures in a folder and below it, through links too, in torchvision's order: by the folder's path, then by name. Names that
 * begin with a dot do not count. What cannot be used is noted, and refused by {@link #refuse} with all else.
 */
final class Walk {
    private final Place place;
    private final Map<Path, Path> visited = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    Walk(Place place) {
        this.place = place;
    }

    /** What a folder has, by name. */
    private record Listing(List<Path> folders, List<Path> pictures) {
        private void sort() {
            Comparator<Path> order = Comparator.comparing(Names::of, Names.ORDER);
            folders.sort(order);
            pictures.sort(order);
        }
    }

    /** The sub-folders by name. */
    List<Path> folders(Path folder) {
        return listing(folder).folders();
    }

    /** All pictures in a folder and below it. */
    List<Path> pictures(Path folder) {
        Map<String, List<Path>> found = new HashMap<>();
        collect(folder, "", found);
        List<Path> pictures = new ArrayList<>();
        found.keySet().stream().sorted(Names.ORDER).forEach(path -> pictures.addAll(found.get(path)));
        return pictures;
    }

    private void collect(Path folder, String path, Map<String, List<Path>> found) {
        if (isNew(folder)) {
            Listing listing = listing(folder);
            found.put(path, listing.pictures());
            listing.folders().forEach(sub -> collect(sub, path + "/" + Names.of(sub), found));
        }
    }

    /** A folder that is seen twice is a link: without end, if it leads upwards. */
    private boolean isNew(Path folder) {
        try {
            Path first = visited.putIfAbsent(folder.toRealPath(), folder);
            if (first != null) {
                problem(
                        folder,
                        "is a link to a folder that is looked through already, as " + Names.shown(first),
                        "remove the link");
            }
            return first == null;
        } catch (IOException e) {
            problem(folder, "cannot be read (" + e + ")", "make it readable, or remove it");
            return false;
        }
    }

    private Listing listing(Path folder) {
        Listing listing = new Listing(new ArrayList<>(), new ArrayList<>());
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!Names.of(entry).startsWith(".")) {
                    enter(entry, listing);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            problem(folder, "cannot be listed (" + e + ")", "make it readable, or remove it");
        }
        listing.sort();
        return listing;
    }

    private void enter(Path entry, Listing listing) {
        if (!Names.isReadable(Names.of(entry))) {
            problem(
                    entry,
                    "has a name that is no text in UTF-8, or was not read as such",
                    "rename it, or start Java in a locale of UTF-8, such as LC_ALL=C.UTF-8");
            return;
        }
        try {
            BasicFileAttributes what = Files.readAttributes(entry, BasicFileAttributes.class);
            boolean picture = PictureFormat.isNamedPicture(Names.of(entry));
            if (what.isDirectory()) {
                listing.folders().add(entry);
            } else if (picture && what.isRegularFile()) {
                listing.pictures().add(entry);
            } else if (picture) {
                problem(entry, RegularFile.NOT_ONE, RegularFile.WAY_OUT);
            }
        } catch (NoSuchFileException e) {
            problem(entry, "is a link to nothing", "put back what it leads to, or remove it");
        } catch (IOException e) {
            problem(entry, "cannot be read (" + e + ")", "make it readable, or remove it");
        }
    }

    private void problem(Path file, String message, String wayOut) {
        problems.add(place.problem(file, message, wayOut));
    }

    /** How many things cannot be used so far. */
    int noted() {
        return problems.size();
    }

    /** Notes something else that is wrong. */
    void note(Problem problem) {
        problems.add(problem);
    }

    /**
     * @throws InvalidConfigurationException naming all that cannot be used
     */
    void refuse() {
        place.refuse(problems);
    }
}
