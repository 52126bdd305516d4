package org.obverse.plugins.shared;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Workspace;

/** The keys of {@code folder}. */
record Location(
        @Meaning("a folder that is there, relative to the plan; on a disk that all machines see")
        String path) implements Checked {
    static final Location DEFAULT = new Location("store");

    @Override
    public List<Problem> check() {
        return new Problems()
                .require(!path.isBlank(), "path", "is empty", "name a folder on a disk that all machines see")
                .list();
    }

    /**
     * The folder.
     *
     * @throws InvalidConfigurationException if there is none: it is not made, since a disk that is not mounted would be taken for an
     *     empty store
     */
    Path folder(Workspace workspace) {
        Path folder = workspace.path(path);
        if (!Files.isDirectory(folder)) {
            throw new InvalidConfigurationException(new Problem(
                    "path",
                    "there is no folder " + folder.toAbsolutePath().normalize(),
                    "mount the disk that all machines see, or make the folder once"));
        }
        return folder;
    }
}
