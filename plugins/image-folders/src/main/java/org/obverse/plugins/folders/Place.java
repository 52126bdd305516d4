package org.obverse.plugins.folders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * A folder that the configuration names.
 *
 * @param key of the configuration that names it
 */
record Place(String key, Path folder) {
    /** More are only counted: one cause has usually spoilt all of them. */
    private static final int MOST_PROBLEMS = 50;

    /**
     * What is wrong with something in the folder, or with the folder itself.
     *
     * @param message the rest of a sentence that begins with the file's name
     */
    Problem problem(Path file, String message, String wayOut) {
        return new Problem(key, Names.shown(file) + " " + message, wayOut);
    }

    /**
     * @throws InvalidConfigurationException if there are any
     */
    void refuse(List<Problem> problems) {
        if (problems.size() > MOST_PROBLEMS) {
            List<Problem> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
            first.add(new Problem(key, "and " + (problems.size() - MOST_PROBLEMS) + " more of this kind", ""));
            throw new InvalidConfigurationException(first);
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    /** The last two names of the folder, for displays. */
    String name() {
        int names = folder.getNameCount();
        return Names.shown(names == 0 ? folder : folder.subpath(Math.max(0, names - 2), names));
    }

    /** A picture in the folder or below it. */
    Source source(Path file) {
        return new Source(file, Names.shown(folder.relativize(file)));
    }
}
