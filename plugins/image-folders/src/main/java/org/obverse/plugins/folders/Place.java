package org.obverse.plugins.folders;

import java.nio.file.Path;
import org.obverse.api.plugin.Problem;

/**
 * A folder that the configuration names.
 *
 * @param key of the configuration that names it
 */
record Place(String key, Path folder) {
    /**
     * What is wrong with something in the folder, or with the folder itself.
     *
     * @param message the rest of a sentence that begins with the file's name
     */
    Problem problem(Path file, String message, String wayOut) {
        return new Problem(key, shown(file) + " " + message, wayOut);
    }

    /** The last two names of the folder, for displays. */
    String name() {
        int names = folder.getNameCount();
        return names == 0 ? shown(folder) : shown(folder.subpath(Math.max(0, names - 2), names));
    }

    static String shown(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** A picture in the folder or below it. */
    Source source(Path file) {
        return new Source(file, shown(folder.relativize(file)));
    }
}
