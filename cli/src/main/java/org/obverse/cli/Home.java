package org.obverse.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** Where the program lies; the launcher says it. */
final class Home {
    private static final String PROPERTY = "obverse.home";

    private Home() {}

    /** The folder of plugins beside the launcher; none if there is no such folder. */
    static List<Path> plugins() {
        String home = System.getProperty(PROPERTY);
        return home == null
                ? List.of()
                : Stream.of(Path.of(home, "cli", "plugins"))
                        .filter(Files::isDirectory)
                        .toList();
    }

    /** The folder of the plans that come with the program. */
    static Path plans() {
        String home = System.getProperty(PROPERTY);
        if (home == null) {
            throw new InvalidConfigurationException(new Problem(
                    PROPERTY,
                    "the program does not know where its plans lie",
                    "start it with cli/obverse, or with -D" + PROPERTY + "=<folder of the repository>"));
        }
        return Path.of(home, "cli", "plans");
    }
}
