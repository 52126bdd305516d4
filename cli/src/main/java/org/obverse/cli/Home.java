package org.obverse.cli;

import java.nio.file.Path;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** Where the program lies; the launcher says it. */
final class Home {
    private static final String PROPERTY = "obverse.home";

    private Home() {}

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
