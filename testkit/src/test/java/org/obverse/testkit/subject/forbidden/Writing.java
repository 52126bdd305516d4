package org.obverse.testkit.subject.forbidden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.obverse.api.plugin.Meaning;
import org.obverse.testkit.subject.Weighted;

/** Writes a file where nobody asked for one. */
public record Writing(@Meaning("how much") double weight) implements Weighted {
    void keep(Path file) throws IOException {
        Files.writeString(file, String.valueOf(weight));
    }
}
