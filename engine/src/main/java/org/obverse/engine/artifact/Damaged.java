package org.obverse.engine.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of a run that cannot be believed any more, and whose contents can be had otherwise. */
public final class Damaged {
    private static final Logger LOG = LoggerFactory.getLogger(Damaged.class);

    private Damaged() {}

    /**
     * Copies a file to a free name beside it, such as {@code manifest.json.damaged-1}, and warns.
     *
     * @param consequence what becomes of it, for the warning
     */
    public static void keep(Path file, String consequence) throws IOException {
        int number = 1;
        while (Files.exists(aside(file, number), LinkOption.NOFOLLOW_LINKS)) {
            number++;
        }
        Files.copy(file, aside(file, number), StandardCopyOption.COPY_ATTRIBUTES);
        LOG.warn(
                "{} is damaged: {} ({})", file, consequence, aside(file, number).getFileName());
    }

    private static Path aside(Path file, int number) {
        return file.resolveSibling(file.getFileName() + ".damaged-" + number);
    }
}
