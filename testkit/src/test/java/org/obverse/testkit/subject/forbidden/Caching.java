package org.obverse.testkit.subject.forbidden;

import java.io.IOException;
import java.nio.file.Files;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Workspace;
import org.obverse.testkit.subject.Weighted;

/** Writes a file where files may be written. */
public record Caching(@Meaning("how much") double weight) implements Weighted {
    void keep(Workspace workspace) throws IOException {
        Files.writeString(workspace.cache().resolve("weight"), String.valueOf(weight));
    }
}
