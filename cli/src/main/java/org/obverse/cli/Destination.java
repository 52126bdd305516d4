package org.obverse.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.RegularFile;

/** Where a command will write a file: to be looked at before the work that the file will hold. */
final class Destination {
    private Destination() {}

    /**
     * @param option that names the file
     * @throws InvalidConfigurationException if its folder is not there, or something other than a file has its name
     */
    static void require(Path file, String option) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InvalidConfigurationException(
                    new Problem(option, "there is no folder " + folder, "make it, or name a file in another one"));
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            RegularFile.require(file, option + " " + file, "name another file");
        }
    }
}
