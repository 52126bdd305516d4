package org.obverse.plugins.binary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Workspace;

/**
 * A folder that the configuration names.
 *
 * @param key of the configuration that names it
 * @param expected what belongs there, for messages
 */
record Place(String key, Path folder, String expected) {
    /**
     * @throws InvalidConfigurationException if there is no such folder; as missing, if there is nothing of that name
     */
    static Place of(String key, String location, Workspace workspace, String expected) {
        Place place = new Place(key, workspace.path(location), expected);
        if (!Files.exists(place.folder())) {
            throw InvalidConfigurationException.missing(
                    List.of(place.problem(place.folder(), "does not exist", expected)));
        }
        if (!Files.isDirectory(place.folder())) {
            throw place.refusal(place.folder(), "is a file, not a folder", expected);
        }
        return place;
    }

    /**
     * What is wrong with something in the folder, or with the folder itself.
     *
     * @param message the rest of a sentence that begins with the file's name
     */
    Problem problem(Path file, String message, String wayOut) {
        return new Problem(key, file + " " + message, wayOut);
    }

    InvalidConfigurationException refusal(Path file, String message, String wayOut) {
        return new InvalidConfigurationException(problem(file, message, wayOut));
    }

    boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    /**
     * Files of these names.
     *
     * @throws InvalidConfigurationException naming all that are not there
     */
    List<BinaryFile> files(List<String> names) {
        return found(names, List.of(""));
    }

    /** Files of these names, each as it is or, if there is none, compressed under that name with the ending .gz. */
    List<BinaryFile> filesOrCompressed(List<String> names) {
        return found(names, List.of("", BinaryFile.COMPRESSED));
    }

    private List<BinaryFile> found(List<String> names, List<String> endings) {
        requireNotDeeper(names.get(0), endings);
        List<Problem> problems = new ArrayList<>();
        List<BinaryFile> files = new ArrayList<>();
        for (String name : names) {
            Optional<Path> file = file(folder, name, endings);
            if (file.isEmpty()) {
                String compressed = endings.size() > 1 ? ", compressed or not" : "";
                problems.add(problem(folder, "has no file " + name + compressed, expected));
            } else if (!Files.isRegularFile(file.get())) {
                problems.add(problem(file.get(), "is no file", expected));
            } else {
                files.add(new BinaryFile(this, name, file.get()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return files;
    }

    private static Optional<Path> file(Path folder, String name, List<String> endings) {
        return endings.stream()
                .map(ending -> folder.resolve(name + ending))
                .filter(Files::exists)
                .findFirst();
    }

    /** Archives unpack into a folder of their own. */
    private void requireNotDeeper(String name, List<String> endings) {
        if (file(folder, name, endings).isPresent()) {
            return;
        }
        Optional<Path> found = subFolders().stream()
                .filter(sub -> file(sub, name, endings).isPresent())
                .findFirst();
        if (found.isPresent()) {
            throw refusal(
                    folder, "has no file " + name + ", and " + found.get() + " has", "name that folder; " + expected);
        }
    }

    private List<Path> subFolders() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw refusal(folder, "cannot be listed (" + e + ")", "make it readable");
        }
    }
}
