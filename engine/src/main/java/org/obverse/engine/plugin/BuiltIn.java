package org.obverse.engine.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Suggestion;

/**
 * What a plugin brings in its jar, or its folder of classes, and plans name {@code builtin:NAME}.
 *
 * @param classes of the plugin
 * @param folder of resources in which it lies
 * @param ending of each name there; empty for folders
 */
public record BuiltIn(ClassLoader classes, String folder, String ending) {
    public static final String PREFIX = "builtin:";

    /** The resource of a name. */
    public String resource(String location) {
        return folder + "/" + location.substring(PREFIX.length()) + ending;
    }

    /**
     * Nothing has this name.
     *
     * @param what it should have been, such as {@code weights}
     */
    public InvalidConfigurationException missing(String location, String what) {
        return new InvalidConfigurationException(new Problem(
                location,
                "the plugin has no resource " + resource(location),
                Suggestion.of(location, what + " that the plugin brings", names())
                        + "; or give a path relative to the plan"));
    }

    private List<String> names() {
        Set<String> names = new TreeSet<>();
        try {
            for (URL place : Collections.list(classes.getResources(folder))) {
                children(place).stream()
                        .filter(name -> name.endsWith(ending))
                        .map(name -> PREFIX + name.substring(0, name.length() - ending.length()))
                        .forEach(names::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into the folder " + folder + " of a plugin", e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("cannot look into the folder " + folder + " of a plugin", e);
        }
        return List.copyOf(names);
    }

    private List<String> children(URL place) throws IOException, URISyntaxException {
        if (!(place.openConnection() instanceof JarURLConnection connection)) {
            try (Stream<Path> files = Files.list(Path.of(place.toURI()))) {
                return files.map(file -> String.valueOf(file.getFileName())).toList();
            }
        }
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith(folder + "/") && name.length() > folder.length() + 1)
                    .map(name -> name.substring(folder.length() + 1).split("/", 2)[0])
                    .distinct()
                    .toList();
        }
    }
}
